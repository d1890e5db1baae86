using System.Runtime.CompilerServices;

namespace NacrithOnnx.Tests.Cli;

public sealed class HelpTests
{
    [Theory]
    [InlineData("-h")]
    [InlineData("--help")]
    public void The_help_text_is_the_approved_one(string option)
    {
        using var host = new TestHost { CodecFactory = _ => throw new InvalidOperationException("no model is needed") };

        Assert.Equal(0, host.Run(option));
        Assert.Equal(File.ReadAllText(Path.Combine(Here(), "help.txt")), host.OutputText);
    }

    private static string Here([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
