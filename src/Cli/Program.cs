using NacrithOnnx.Cli.Host;
using NacrithOnnx.Cli.Posix;

namespace NacrithOnnx.Cli;

/// <summary>Entry point: runs <see cref="Nacrith"/> with the real process, signals and codec.</summary>
internal static class Program
{
    /// <summary>Opens the codec. Called only when a model is needed: never for -l, --help or a usage error.</summary>
    internal static Func<CodecSettings, ICodec> CodecFactory { get; set; } = settings => new NacrithCodec(settings);

    internal static int Main(string[] arguments)
    {
        StandardDescriptors.Secure();
        using var signals = new SignalWatch();
        var code = Run(arguments, signals);
        if (code == signals.ExitCode)
        {
            signals.Raise();
        }

        return code;
    }

    private static int Run(string[] arguments, SignalWatch signals)
    {
        using var host = new ProcessHost(CodecFactory);
        return Nacrith.Run(arguments, host, signals);
    }
}
