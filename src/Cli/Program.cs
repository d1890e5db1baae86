using NacrithOnnx.Cli.Host;
using NacrithOnnx.Cli.Launch;
using NacrithOnnx.Runtime;

namespace NacrithOnnx.Cli;

/// <summary>Entry point: the process, its signals and its codec, handed to <see cref="Nacrith"/>.</summary>
internal static class Program
{
    /// <summary>Opens the codec. Called only where a model is needed: never for -l, --help or a usage error.</summary>
    internal static Func<CodecSettings, ICodec> CodecFactory { get; set; } = settings => new NacrithCodec(settings);

    internal static int Main(string[] arguments)
    {
        using var signals = new SignalWatch();
        using var host = new ProcessHost(CodecFactory);
        return Nacrith.Run([.. Invocation.Defaults(Invocation.Name()), .. arguments], host, signals);
    }
}
