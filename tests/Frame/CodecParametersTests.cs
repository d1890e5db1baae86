using NacrithOnnx.Runtime.Frame;
using NacrithOnnx.Runtime.Predict;

namespace NacrithOnnx.Tests.Frame;

/// <summary>Parameters travel in the header as far as they are not the frozen defaults.</summary>
public sealed class CodecParametersTests
{
    private const int Positions = 8192;

    [Fact]
    public void The_standard_says_nothing() => Assert.Empty(CodecParameters.Standard.ToHeader());

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(7)]
    [InlineData(9)]
    public void Those_of_every_level_come_back(int level)
    {
        var parameters = Level.Of(level).Parameters(Level.FrameLength, Positions);

        Assert.Equal(parameters, CodecParameters.FromHeader(parameters.ToHeader(), Positions));
    }

    [Fact]
    public void A_short_first_frame_has_the_standard_window() =>
        Assert.Equal(CodecParameters.Standard.Window, Level.Of(9).Parameters(4096, Positions).Window);

    [Fact]
    public void A_window_is_no_longer_than_the_model() =>
        Assert.Equal(new WindowSettings(512, 256), Level.Of(9).Parameters(Level.FrameLength, 512).Window);

    [Fact]
    public void An_unknown_parameter_needs_a_newer_version() => Assert.Throws<UnsupportedVersionException>(
        () => CodecParameters.FromHeader(new Dictionary<string, long> { ["tomorrow"] = 1 }, Positions));

    [Theory]
    [InlineData("context", 1)]
    [InlineData("context", Positions + 1)]
    [InlineData("keep", 0)]
    [InlineData("keep", 1024)]
    [InlineData("orders", -1)]
    [InlineData("order-bits", long.MaxValue)]
    [InlineData("logit-weight", 1L << 32)]
    [InlineData("byte-memory", 64)]
    public void A_parameter_out_of_range_is_damage(string name, long value) => Assert.Throws<CorruptArchiveException>(
        () => CodecParameters.FromHeader(new Dictionary<string, long> { [name] = value }, Positions));
}
