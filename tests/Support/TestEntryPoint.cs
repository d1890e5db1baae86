using System.Globalization;
using NacrithOnnx.Cli;

namespace NacrithOnnx.Tests.Support;

/// <summary>
/// The test assembly as a program: nacrith with the fake codec, in a separate process that can be killed.
/// </summary>
internal static class TestEntryPoint
{
    /// <summary>Milliseconds each frame takes.</summary>
    public const string DelayVariable = "NACRITH_TEST_DELAY";

    /// <summary>Set to use the real codec.</summary>
    public const string RealCodecVariable = "NACRITH_TEST_REAL_CODEC";

    /// <summary>Set to use the real codec with a tiny model.</summary>
    public const string TinyModelVariable = "NACRITH_TEST_TINY_MODEL";

    /// <summary>File to which the process writes its peak resident memory, on Linux.</summary>
    public const string PeakVariable = "NACRITH_TEST_PEAK";

    private static int Main(string[] arguments)
    {
        var delay = Environment.GetEnvironmentVariable(DelayVariable);
        var time = TimeSpan.FromMilliseconds(int.Parse(delay ?? "0", CultureInfo.InvariantCulture));
        if (Environment.GetEnvironmentVariable(TinyModelVariable) is not null)
        {
            Program.CodecFactory = settings => new NacrithCodec(
                settings with { ModelFolder = TinyModel.Codec.Folder, TriesCoders = false });
        }
        else if (Environment.GetEnvironmentVariable(RealCodecVariable) is null)
        {
            Program.CodecFactory = settings => new FakeCodec(settings, time);
        }

        var code = Program.Main(arguments);
        if (Environment.GetEnvironmentVariable(PeakVariable) is { } file)
        {
            File.WriteAllText(file, File.ReadLines("/proc/self/status").First(line => line.StartsWith("VmHWM:", StringComparison.Ordinal)));
        }

        return code;
    }
}
