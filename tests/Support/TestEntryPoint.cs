using System.Globalization;
using NacrithOnnx.Cli;

namespace NacrithOnnx.Tests.Support;

/// <summary>
/// The test assembly as a program: nacrith with the fake codec, in a process of its own that can be killed.
/// </summary>
internal static class TestEntryPoint
{
    /// <summary>Milliseconds each frame takes.</summary>
    public const string DelayVariable = "NACRITH_TEST_DELAY";

    private static int Main(string[] arguments)
    {
        string? delay = Environment.GetEnvironmentVariable(DelayVariable);
        var time = TimeSpan.FromMilliseconds(int.Parse(delay ?? "0", CultureInfo.InvariantCulture));
        Program.CodecFactory = settings => new FakeCodec(settings, time);
        return Program.Main(arguments);
    }
}
