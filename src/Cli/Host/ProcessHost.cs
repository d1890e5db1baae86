using NacrithOnnx.Cli.Launch;
using NacrithOnnx.Runtime.Files;
using NacrithOnnx.Runtime;

namespace NacrithOnnx.Cli.Host;

/// <summary>The real process.</summary>
internal sealed class ProcessHost(Func<CodecSettings, ICodec> codecFactory) : IHost, IDisposable
{
    private readonly Lazy<PackedFiles?> _pack = new(
        () => Environment.ProcessPath is { } program ? PackedFiles.TryOpen(program) : null);

    private Stream? _input;
    private Stream? _output;

    public Stream Input => _input ??= Console.OpenStandardInput();

    public Stream Output => _output ??= new StandardOutputStream();

    public TextWriter Error => Console.Error;

    public bool InputIsTerminal => !Console.IsInputRedirected;

    public bool OutputIsTerminal => !Console.IsOutputRedirected;

    public bool ErrorIsTerminal => !Console.IsErrorRedirected;

    public TimeProvider Time => TimeProvider.System;

    public string BaseFolder => AppContext.BaseDirectory;

    public string DataFolder => Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData);

    public PackedFiles? Pack => _pack.Value;

    public string? Variable(string name) => Environment.GetEnvironmentVariable(name);

    public string? ReadAnswer() => Console.In.ReadLine();

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
}
