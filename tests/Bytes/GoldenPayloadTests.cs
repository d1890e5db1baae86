using System.Security.Cryptography;
using NacrithOnnx.Runtime.Bytes;

namespace NacrithOnnx.Tests.Bytes;

/// <summary>Payloads whose bytes never change: archives hold them.</summary>
public sealed class GoldenPayloadTests
{
    [Theory]
    [InlineData("one", 0, 2, "a4c851fbf3189e47aba2bd90b69036406538b25d92bffbf2ff12267bbea9f023")]
    [InlineData("zeros", 0, 3, "7951f9866246942566985c82c9363da4674caa673f3c4f7919927330aba37404")]
    [InlineData("all", 0, 153, "934dbd5617da0acfa18f72ba3361565de04e38355d13b8b836efb46590dd3f5b")]
    [InlineData("random", 0, 8009, "5dfdefa5941a9a2caeceeda1bb76836b03aa65fe9d0b8273a1ef78dd81205304")]
    [InlineData("counter", 0, 264, "b0d57d25101099deec73da76bb27a9818017070fefc081f3f6906910285c1442")]
    [InlineData("text", 0, 1292, "40f38ef93cf87d68e0da68354295981c211f8d2a094879c0933f4c581312bb14")]
    [InlineData("csv", 0, 1063, "4cf02348290d3330fc88c312d6618afb66962ab65342cff17db2321ddeb3cedf")]
    [InlineData("json", 0, 285, "8fc1506c1f19746ccec40df60d3cacda2717ccacb65f5dfcf02c84c2ce500753")]
    [InlineData("code", 1, 5042, "86193d44f63cbd21ca1c9f249423ae31e215de4448916103e68334782cf840b6")]
    [InlineData("mixed", 1, 5238, "95e22e33ee39e7741cd506e25896233601c33474f376818189199849d29747a1")]
    [InlineData("period", 0, 40, "f567c9c96e2a88fce21f89ab8583c0c8d9e05d24b26f1036ccf6d4f385588e12")]
    [InlineData("symbols", 2, 3155, "4a5ef4e74bf07c7912f8c6f818c0a4ca3cb77c60242e0528a1bb9e71e8b5cd85")]
    public void The_payload_of_every_sample_stays_the_same(string name, int mode, int length, string hash)
    {
        var payload = ByteCoder.Compress(SampleBytes.Get(name), ByteCoderSettings.Default);

        Assert.Equal((mode, length, hash), (payload[0], payload.Length, Convert.ToHexStringLower(SHA256.HashData(payload))));
    }

    [Fact]
    public void The_samples_use_every_mode() => Assert.Equal(
        [0, 1, 2],
        SampleBytes.AllNames.Select(name => ByteCoder.Compress(SampleBytes.Get(name), ByteCoderSettings.Default))
            .Where(payload => payload.Length > 0).Select(payload => payload[0] & 3).Distinct().Order());
}
