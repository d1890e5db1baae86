using System.Text;
using Microsoft.Win32.SafeHandles;
using NacrithOnnx.Cli.Files;
using NacrithOnnx.Cli.Launch;
using NacrithOnnx.Cli.Posix;
using NacrithOnnx.Runtime.Files;

namespace NacrithOnnx.Cli.Host;

/// <summary>
/// The real process. On Unix it avoids <see cref="Console"/>, which on first use reconfigures the terminal and sends it
/// control sequences.
/// </summary>
internal sealed class ProcessHost(Func<CodecSettings, ICodec> codecFactory) : IHost, IDisposable
{
    /// <summary>Width if the terminal does not report one.</summary>
    private const int UsualColumns = 80;

    private readonly Lazy<PackedFiles?> _pack = new(
        () => Environment.ProcessPath is { } program ? PackedFiles.TryOpen(program) : null);

    private Stream? _input;
    private Stream? _output;
    private TextWriter? _error;

    public Stream Input => _input ??= OpenInput();

    public Stream Output => _output ??= new StandardOutputStream();

    public FileStatus? OutputStatus
    {
        get
        {
            if (OperatingSystem.IsWindows() || !StandardDescriptors.IsOpen(StandardDescriptors.Output))
            {
                return null;
            }

            using var handle = new SafeFileHandle(StandardDescriptors.Output, ownsHandle: false);
            return FileSystem.Current.Status(handle, "/dev/stdout");
        }
    }

    public TextWriter Error => _error ??= OperatingSystem.IsWindows()
        ? Console.Error
        : new StreamWriter(new StandardErrorStream(), new UTF8Encoding(false)) { AutoFlush = true };

    public bool InputIsTerminal => IsTerminal(StandardDescriptors.Input);

    public bool OutputIsTerminal => IsTerminal(StandardDescriptors.Output);

    public bool ErrorIsTerminal => IsTerminal(StandardDescriptors.Error);

    public int ErrorColumns
    {
        get
        {
            if (OperatingSystem.IsWindows())
            {
                return Console.WindowWidth;
            }

            return OperatingSystem.IsLinux()
                && LibC.WindowSize(StandardDescriptors.Error, TerminalSize.Request, out var size) == 0 && size.Columns > 0
                ? size.Columns
                : UsualColumns;
        }
    }

    public TimeProvider Time => TimeProvider.System;

    public int ProcessorCount => Environment.ProcessorCount;

    public string? MemoryProblem => MemoryLimits.Problem();

    public string BaseFolder => AppContext.BaseDirectory;

    public string DataFolder => Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData);

    public PackedFiles? Pack => _pack.Value;

    public IReadOnlyList<string> Exact(IReadOnlyList<string> arguments) =>
        [.. Invocation.Defaults(Invocation.Name()), .. ByteArguments.Restore(arguments)];

    public string? Variable(string name) => Environment.GetEnvironmentVariable(name);

    public string? ReadAnswer()
    {
        // Byte by byte, to leave what follows the line to the next reader.
        var line = new List<byte>();
        for (int next; (next = Input.ReadByte()) is >= 0 and not '\n';)
        {
            line.Add((byte)next);
        }

        return Encoding.UTF8.GetString([.. line]);
    }

    public ICodec OpenCodec(CodecSettings settings)
    {
        OnnxRuntimeLibrary.Load(this);
        return codecFactory(settings);
    }

    public void Dispose()
    {
        _input?.Dispose();
        _output?.Dispose();
    }

    private static Stream OpenInput()
    {
        if (OperatingSystem.IsWindows())
        {
            return Console.OpenStandardInput();
        }

        return StandardDescriptors.IsOpen(StandardDescriptors.Input)
            ? new DescriptorStream(StandardDescriptors.Input, writes: false)
            : throw new FileException("is closed", "standard input");
    }

    private static bool IsTerminal(int descriptor)
    {
        if (!OperatingSystem.IsWindows())
        {
            return StandardDescriptors.IsOpen(descriptor) && LibC.IsTerminal(descriptor) == 1;
        }

        return descriptor switch
        {
            StandardDescriptors.Input => !Console.IsInputRedirected,
            StandardDescriptors.Output => !Console.IsOutputRedirected,
            _ => !Console.IsErrorRedirected,
        };
    }
}
