using NacrithOnnx.Runtime.Frame;

namespace NacrithOnnx.Tests.Frame;

/// <summary>A profile without a number is written out: every parameter, whatever its value.</summary>
public sealed class ProfileParametersTests
{
    private static readonly Profile Default = Profiles.OfLevel(CompressOptions.DefaultLevel);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Those_of_every_profile_survive_a_round_trip(int number)
    {
        var profile = Profiles.Of(number);

        Assert.Equal(profile with { Number = 0 }, ProfileParameters.Read(ProfileParameters.Write(profile)));
    }

    [Fact]
    public void None_has_a_default()
    {
        foreach (var name in ProfileParameters.Write(Default).Keys)
        {
            var values = ProfileParameters.Write(Default).ToDictionary();
            values.Remove(name);
            Assert.Throws<CorruptArchiveException>(() => ProfileParameters.Read(values));
        }
    }

    [Fact]
    public void An_unknown_parameter_needs_a_newer_version() => Assert.Throws<UnsupportedVersionException>(
        () => ProfileParameters.Read(With("tomorrow", 1)));

    [Theory]
    [InlineData("plan", 2)]
    [InlineData("context", 1)]
    [InlineData("context", 8193)]
    [InlineData("keep", 0)]
    [InlineData("keep", 2048)]
    [InlineData("lanes", 0)]
    [InlineData("orders", -1)]
    [InlineData("order-bits", long.MaxValue)]
    [InlineData("logit-weight", 1L << 32)]
    [InlineData("byte-memory", 64)]
    public void A_parameter_out_of_range_is_damage(string name, long value) =>
        Assert.Throws<CorruptArchiveException>(() => ProfileParameters.Read(With(name, value)));

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    [InlineData(15)]
    public void An_unknown_number_needs_a_newer_version(int number) =>
        Assert.Throws<UnsupportedVersionException>(() => Profiles.Of(number));

    private static Dictionary<string, long> With(string name, long value)
    {
        var values = ProfileParameters.Write(Default).ToDictionary();
        values[name] = value;
        return values;
    }
}
