using NacrithOnnx.Cli.Arguments;
using NacrithOnnx.Cli.Host;

namespace NacrithOnnx.Cli.Jobs;

/// <summary>Loads the model when the first file needs it, and keeps it for the others.</summary>
internal sealed class CodecSession(CommandLineOptions options, IHost host) : IDisposable
{
    private ICodec? _codec;

    /// <summary>Folder of the model.</summary>
    public string? ModelFolder { get; private set; }

    /// <exception cref="EnvironmentException">There is no model, or it cannot be loaded.</exception>
    public ICodec Open()
    {
        if (_codec is null)
        {
            ModelFolder = ModelLocator.Find(options.ModelFolder, host);
            var threads = options.Threads == 0 ? Environment.ProcessorCount : options.Threads;
            _codec = host.OpenCodec(new(ModelFolder, threads));
        }

        return _codec;
    }

    public void Dispose() => _codec?.Dispose();
}
