using System.Buffers;
using NacrithOnnx.Runtime.Code;

namespace NacrithOnnx.Tests.Code;

public sealed class RangeCodingTests
{
    [Theory]
    [InlineData(1, 1UL << 8)]
    [InlineData(2, 1UL << 30)]
    [InlineData(3, 1UL << 40)]
    [InlineData(4, RangeCoding.MaximumTotal)]
    public void Random_symbols_survive_a_round_trip(int seed, ulong largestTotal)
    {
        var symbols = RandomSymbols(seed, 20_000, largestTotal);

        AssertComesBack(symbols, SymbolCoding.Encode(symbols));
    }

    [Fact]
    public void Certain_symbols_cost_nothing()
    {
        var symbols = Enumerable.Repeat(new Symbol(0, 1u << 30, 1UL << 30), 100_000).ToArray();

        var payload = SymbolCoding.Encode(symbols);

        Assert.Empty(payload);
        AssertComesBack(symbols, payload);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_ends_of_the_range_survive_a_round_trip(bool upper)
    {
        // Always the last symbol keeps low just below a carry: the longest possible runs of 0xFF.
        const ulong Total = (1UL << 48) - 1;
        var symbols = Enumerable.Repeat(new Symbol(upper ? Total - 1 : 0, 1, Total), 5_000).ToArray();

        AssertComesBack(symbols, SymbolCoding.Encode(symbols));
    }

    [Fact]
    public void A_carry_runs_through_a_long_row_of_0xFF()
    {
        // Halving [0, 2^64) towards its middle from below, then crossing the middle, forces the carry.
        var below = new Symbol(0, 1, 2);
        var above = new Symbol(1, 1, 2);
        var symbols = new List<Symbol> { below };
        symbols.AddRange(Enumerable.Repeat(above, 999));
        var cross = symbols.ToList();
        cross.AddRange(Enumerable.Repeat(new Symbol((1UL << 40) - 1, 1, 1UL << 40), 50));

        AssertComesBack(symbols, SymbolCoding.Encode(symbols));
        AssertComesBack(cross, SymbolCoding.Encode(cross));
    }

    [Theory]
    [InlineData(1UL << 20)]
    [InlineData(1UL << 33)]
    [InlineData(50_000UL << 30)]
    public void The_loss_against_the_information_content_is_below_one_in_ten_thousand(ulong total)
    {
        var symbols = RandomSymbols(7, 200_000, total, fixedTotal: true);
        var bits = symbols.Sum(symbol => Math.Log2(symbol.Total) - Math.Log2(symbol.Frequency));

        var coded = SymbolCoding.Encode(symbols).Length * 8.0;

        Assert.InRange(coded, bits - 1, (bits * 1.0001) + 16);
    }

    [Fact]
    public void A_missing_or_an_extra_byte_is_noticed()
    {
        var symbols = RandomSymbols(11, 1_000, 1UL << 32);
        var payload = SymbolCoding.Encode(symbols);

        Assert.True(IsNoticed(symbols, payload[..^1]));
        Assert.True(IsNoticed(symbols, [.. payload, 0]));
        Assert.True(IsNoticed(symbols, []));
        Assert.False(IsNoticed(symbols, payload));
    }

    [Fact]
    public void A_random_payload_gives_symbols_or_a_corrupt_archive()
    {
        var random = new Random(13);
        var refused = 0;
        for (var round = 0; round < 2_000; round++)
        {
            var payload = new byte[random.Next(0, 40)];
            random.NextBytes(payload);
            if (round % 3 == 0)
            {
                payload.AsSpan().Fill(0xFF);
            }

            var total = Math.Max(2, 1 + ((ulong)random.NextInt64() >> random.Next(16, 62)));
            try
            {
                Read(payload, total, count: 500);
            }
            catch (CorruptArchiveException)
            {
                refused++;
            }
        }

        Assert.InRange(refused, 1, 1_999);
    }

    [Fact]
    public void An_impossible_interval_is_refused()
    {
        var encoder = new RangeEncoder(new ArrayBufferWriter<byte>());

        Assert.Throws<ArgumentOutOfRangeException>(() => encoder.Encode(0, 0, 10));
        Assert.Throws<ArgumentOutOfRangeException>(() => encoder.Encode(0, 11, 10));
        Assert.Throws<ArgumentOutOfRangeException>(() => encoder.Encode(8, 3, 10));
        Assert.Throws<ArgumentOutOfRangeException>(() => encoder.Encode(0, 1, RangeCoding.MaximumTotal + 1));
    }

    /// <summary>Reads symbols: zeros follow a payload without end, so only their number ends the decoding.</summary>
    private static void Read(byte[] payload, ulong total, int count)
    {
        var decoder = new RangeDecoder(payload);
        for (; count > 0; count--)
        {
            decoder.Consume(decoder.Decode(total), 1);
        }

        decoder.Finish();
    }

    private static Symbol[] RandomSymbols(int seed, int count, ulong largestTotal, bool fixedTotal = false)
    {
        var random = new Random(seed);
        var symbols = new Symbol[count];
        for (var i = 0; i < count; i++)
        {
            var total = fixedTotal ? largestTotal : 1 + (ulong)random.NextInt64((long)largestTotal);
            var limit = Math.Min(total, 1u << 30);
            var frequency = (uint)(1 + (ulong)(limit * Math.Pow(random.NextDouble(), 4)));
            frequency = (uint)Math.Min(frequency, limit);
            symbols[i] = new Symbol((ulong)random.NextInt64((long)(total - frequency) + 1), frequency, total);
        }

        return symbols;
    }

    /// <summary>
    /// Decodes; a symbol other than the one coded is noted with frequency 0 and read as the one coded.
    /// </summary>
    private static List<Symbol> Decode(IReadOnlyList<Symbol> symbols, byte[] payload)
    {
        var decoder = new RangeDecoder(payload);
        var read = new List<Symbol>();
        foreach (var symbol in symbols)
        {
            var target = decoder.Decode(symbol.Total);
            if (target < symbol.Low || target >= symbol.Low + symbol.Frequency)
            {
                read.Add(symbol with { Frequency = 0 });
                return read;
            }

            read.Add(symbol);
            decoder.Consume(symbol.Low, symbol.Frequency);
        }

        decoder.Finish();
        return read;
    }

    private static bool IsNoticed(IReadOnlyList<Symbol> symbols, byte[] payload)
    {
        try
        {
            return !Decode(symbols, payload).SequenceEqual(symbols);
        }
        catch (CorruptArchiveException)
        {
            return true;
        }
    }

    private static void AssertComesBack(IReadOnlyList<Symbol> symbols, byte[] payload) =>
        Assert.Equal(symbols, Decode(symbols, payload));
}
