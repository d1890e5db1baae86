using System.Buffers;
using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Core;
using NacrithOnnx.Runtime.Code;
using NacrithOnnx.Tests.Support;
using Xunit.Abstractions;
using static NacrithOnnx.Tests.Code.SymbolCoding;

namespace NacrithOnnx.Tests.Code;

/// <summary>A payload is the shortest one that decodes to its symbols.</summary>
public sealed class RangeEndingTests(ITestOutputHelper output)
{
    /// <summary>Longest payload of which all shorter ones are tried: 65,793 of them.</summary>
    private const int LongestTried = 3;

    [Fact]
    public void Generated_symbols_come_back_from_the_shortest_payload() =>
        Check(3_000, GeneratedSymbols.Lists, AssertShortest);

    [Fact]
    public void No_shorter_payload_decodes_to_the_same_symbols()
    {
        var lengths = new int[LongestTried + 1];
        Check(150, GeneratedSymbols.ShortLists, symbols =>
        {
            var payload = Encode(symbols);
            if (payload.Length <= LongestTried)
            {
                lengths[payload.Length]++;
                Assert.DoesNotContain(AllShorterThan(payload.Length), shorter => IsAccepted(symbols, shorter));
            }
        });

        Assert.All(lengths, count => Assert.NotEqual(0, count));
        output.WriteLine($"Payloads of 0, 1, 2, 3 bytes: {string.Join(", ", lengths)}.");
    }

    [Fact]
    public void No_symbol_takes_no_byte()
    {
        Assert.Empty(Encode([]));
        Assert.True(DecodesTo([], []));
        Assert.Throws<CorruptArchiveException>(() => DecodesTo([], [0]));
    }

    [Fact]
    public void Trailing_zeros_are_dropped_and_written_where_a_symbol_follows_them()
    {
        var zeros = Enumerable.Repeat(new Symbol(0, 1, 1UL << 48), 1_000).ToArray();
        Symbol[] more = [.. zeros, new Symbol(1, 1, 2)];

        Assert.Empty(Encode(zeros));
        Assert.Equal([.. new byte[6_000], 0x80], Encode(more));
        Assert.True(DecodesTo(more, Encode(more)));
    }

    [Fact]
    public void A_carry_at_the_end_clears_a_run_of_0xFF()
    {
        // Six times the two 256ths around one half: low is 7F FF FF FF FF ..., and one half lies in the interval.
        var symbols = Enumerable.Repeat(new Symbol(127, 2, 256), 6).ToArray();

        Assert.Equal([0x80], Encode(symbols));
        Assert.True(DecodesTo(symbols, Encode(symbols)));
    }

    [Fact]
    public void Finishing_twice_ends_the_stream_once()
    {
        var sink = new ArrayBufferWriter<byte>();
        var encoder = new RangeEncoder(sink);
        encoder.Encode(1, 1, 256);

        encoder.Finish();
        encoder.Finish();

        Assert.True(DecodesTo([new(1, 1, 256)], sink.WrittenSpan.ToArray()));
    }

    private static void AssertShortest(Symbol[] symbols)
    {
        var payload = Encode(symbols);

        Assert.True(DecodesTo(symbols, payload));
        Assert.False(payload is [.., 0]);
        Assert.Equal(ShortestLength(symbols), payload.Length);
    }

    private static void Check(int count, Arbitrary<Symbol[]> symbols, Action<Symbol[]> body)
    {
        var replay = FSharpOption<Replay>.Some(new Replay(new Rnd((ulong)FuzzBudget.Seed, 1), FSharpOption<int>.None));
        FsCheck.Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(count).WithReplay(replay), Prop.ForAll(symbols, body));
    }

    /// <summary>
    /// Bytes that the shortest payload takes: the exact interval, and the coarsest byte grid with a point in it.
    /// </summary>
    private static int ShortestLength(IEnumerable<Symbol> symbols)
    {
        BigInteger low = 0;
        var range = ulong.MaxValue;
        var digits = sizeof(ulong);
        foreach (var symbol in symbols)
        {
            var unit = range / symbol.Total;
            low += (BigInteger)unit * symbol.Low;
            range = unit * symbol.Frequency;
            for (; range < 1UL << 56; range <<= 8)
            {
                low <<= 8;
                digits++;
            }
        }

        var length = 0;
        for (var grid = BigInteger.One << (8 * digits); ; grid >>= 8)
        {
            var point = (low + grid - 1) / grid * grid;
            if (point < low + range)
            {
                return length;
            }

            length++;
        }
    }

    private static IEnumerable<byte[]> AllShorterThan(int length)
    {
        for (var shorter = 0; shorter < length; shorter++)
        {
            for (var value = 0; value < 1 << (8 * shorter); value++)
            {
                yield return [.. Enumerable.Range(0, shorter).Select(index => (byte)(value >> (8 * index)))];
            }
        }
    }

    private static bool IsAccepted(Symbol[] symbols, byte[] payload)
    {
        try
        {
            return DecodesTo(symbols, payload);
        }
        catch (CorruptArchiveException)
        {
            return false;
        }
    }
}
