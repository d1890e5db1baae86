using NacrithOnnx.Runtime.Bytes;

namespace NacrithOnnx.Tests.Bytes;

public sealed class BinaryCoderTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(5000)]
    public void Bits_of_any_probability_survive_a_round_trip(int count)
    {
        var random = new Random(count);
        var bits = Enumerable.Range(0, count).Select(_ => (Bit: random.Next(2), P: Extreme(random))).ToArray();
        var encoder = new BinaryEncoder(prefix: 9, capacity: 0);
        foreach (var (bit, p) in bits)
        {
            encoder.Encode(bit, p);
        }

        var payload = encoder.Finish();
        var decoder = new BinaryDecoder(payload.AsSpan(1));

        Assert.Equal(9, payload[0]);
        foreach (var (bit, p) in bits)
        {
            Assert.Equal(bit, decoder.Decode(p));
        }

        Assert.True(decoder.IsConsumedExactly);
    }

    [Fact]
    public void A_likely_bit_costs_what_it_should()
    {
        // 100,000 bits of probability 65535/65536 carry 2.2 bits together.
        var encoder = new BinaryEncoder(prefix: 0, capacity: 0);
        for (var i = 0; i < 100_000; i++)
        {
            encoder.Encode(1, 65535);
        }

        Assert.InRange(encoder.Finish().Length, 1, 3);
    }

    private static int Extreme(Random random) => random.Next(4) switch
    {
        0 => 1,
        1 => 65535,
        _ => random.Next(1, 65536),
    };
}
