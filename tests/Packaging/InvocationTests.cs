using NacrithOnnx.Cli.Launch;

namespace NacrithOnnx.Tests.Packaging;

public sealed class InvocationTests
{
    [Fact]
    public void The_second_name_decompresses_to_standard_output() =>
        Assert.Equal(["--decompress", "--stdout"], Invocation.Defaults("ncxcat"));

    [Theory]
    [InlineData("nacrith")]
    [InlineData("")]
    [InlineData("nacrith-0.1.0-linux-x64")]
    public void Other_names_stand_for_nothing(string name) => Assert.Empty(Invocation.Defaults(name));
}
