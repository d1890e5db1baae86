using System.Text;
using NacrithOnnx.Cli;
using NacrithOnnx.Cli.Files;
using NacrithOnnx.Cli.Host;
using NacrithOnnx.Runtime.Files;
using NacrithOnnx.Tests.Support;

namespace NacrithOnnx.Tests.Cli;

/// <summary>The program in this process, with its own folder and recorded streams.</summary>
internal sealed class TestHost : IHost, ISignals, IDisposable
{
    private readonly StringWriter _error = new() { NewLine = "\n" };
    private readonly CancellationTokenSource _cancel = new();
    private MemoryStream _output = new();

    public TestHost()
    {
        Folder = Directory.CreateTempSubdirectory("nacrith-test-").FullName;
        BaseFolder = Directory.CreateDirectory(Path.Combine(Folder, "program")).FullName;
        var model = Directory.CreateDirectory(Path.Combine(BaseFolder, "models", "onnx")).FullName;
        File.WriteAllText(Path.Combine(model, "manifest.json"), "{}");
        Files = Directory.CreateDirectory(Path.Combine(Folder, "files")).FullName;
        DataFolder = Path.Combine(Folder, "data");
        CodecFactory = settings => Codec = new FakeCodec(settings);
    }

    public string Folder { get; }

    /// <summary>Folder of the files that the program works on.</summary>
    public string Files { get; }

    public string BaseFolder { get; set; }

    public string DataFolder { get; }

    public FakeCodec? Codec { get; set; }

    public Func<CodecSettings, ICodec> CodecFactory { get; set; }

    public Dictionary<string, string> Variables { get; } = [];

    public string? Answer { get; set; }

    public Stream Input { get; set; } = Stream.Null;

    public Stream Output { get; set; } = Stream.Null;

    public TextWriter Error => _error;

    public bool InputIsTerminal { get; set; }

    public bool OutputIsTerminal { get; set; }

    public bool ErrorIsTerminal { get; set; }

    public int ErrorColumns { get; set; } = 80;

    public int ProcessorCount { get; set; } = 8;

    public string? MemoryProblem { get; set; }

    public FileStatus? OutputStatus => null;

    public TimeProvider Time { get; set; } = TimeProvider.System;

    public CancellationToken Token => _cancel.Token;

    public int? ExitCode { get; private set; }

    /// <summary>What the last run wrote to standard output.</summary>
    public byte[] OutputBytes => _output.ToArray();

    public string OutputText => Encoding.UTF8.GetString(OutputBytes);

    /// <summary>What the last run wrote to standard error.</summary>
    public string ErrorText => _error.ToString();

    public PackedFiles? Pack { get; set; }

    public IReadOnlyList<string> Exact(IReadOnlyList<string> arguments) => arguments;

    public string? Variable(string name) => Variables.GetValueOrDefault(name);

    public string? ReadAnswer() => Answer;

    public ICodec OpenCodec(CodecSettings settings) => CodecFactory(settings);

    public int Run(params string[] arguments)
    {
        _output = new();
        Output = _output;
        _error.GetStringBuilder().Clear();
        return Nacrith.Run(arguments, this, this);
    }

    public void Signal(int exitCode)
    {
        ExitCode = exitCode;
        _cancel.Cancel();
    }

    public string PathOf(string name) => Path.Combine(Files, name);

    public string Write(string name, string content) => Write(name, Encoding.UTF8.GetBytes(content));

    public string Write(string name, byte[] content)
    {
        File.WriteAllBytes(PathOf(name), content);
        return PathOf(name);
    }

    public byte[] Read(string name) => File.ReadAllBytes(PathOf(name));

    /// <summary>Names in the folder of the files, including temporary ones, in order.</summary>
    public string[] Names() =>
        [.. Directory.GetFileSystemEntries(Files).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    /// <summary>Makes an archive of content.</summary>
    public string WriteArchive(string name, byte[] content)
    {
        using var stream = new MemoryStream();
        new FakeCodec(new("none", 1)).Compress(new MemoryStream(content), stream, new(), null, CancellationToken.None);
        return Write(name, stream.ToArray());
    }

    public void Dispose()
    {
        _cancel.Dispose();
        Directory.Delete(Folder, recursive: true);
    }
}
