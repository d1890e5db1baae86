using System.Diagnostics;
using System.IO.Compression;
using NacrithOnnx.Runtime.Bytes;

namespace NacrithOnnx.Tests.Bytes;

public sealed class ByteCoderTests
{
    [Theory]
    [MemberData(nameof(SampleBytes.Names), MemberType = typeof(SampleBytes))]
    public void Every_kind_of_input_comes_back(string name)
    {
        var input = SampleBytes.Get(name);

        var payload = ByteCoder.Compress(input, ByteCoderSettings.Default);

        Assert.Equal(input, Decode(payload, input.Length, ByteCoderSettings.Default));
    }

    [Theory]
    [InlineData(ByteCoderSettings.MinMemoryBits)]
    [InlineData(20)]
    [InlineData(ByteCoderSettings.MaxMemoryBits)]
    public void Any_memory_setting_works(int memoryBits)
    {
        var settings = new ByteCoderSettings(memoryBits);
        var input = SampleBytes.Get("mixed");

        Assert.Equal(input, Decode(ByteCoder.Compress(input, settings), input.Length, settings));
    }

    [Theory]
    [InlineData(ByteCoderSettings.MinMemoryBits - 1)]
    [InlineData(ByteCoderSettings.MaxMemoryBits + 1)]
    [InlineData(-1)]
    public void A_memory_setting_out_of_range_is_refused(int memoryBits) =>
        Assert.Throws<LimitExceededException>(() => new ByteCoderSettings(memoryBits));

    [Fact]
    public void Every_short_input_comes_back()
    {
        var random = new Random(7);
        for (var length = 0; length < 70; length++)
        {
            var input = new byte[length];
            random.NextBytes(input.AsSpan(0, length / 2));

            var payload = ByteCoder.Compress(input, ByteCoderSettings.Default);

            Assert.Equal(input, Decode(payload, length, ByteCoderSettings.Default));
        }
    }

    [Theory]
    [InlineData("text")]
    [InlineData("csv")]
    [InlineData("json")]
    [InlineData("counter")]
    [InlineData("code")]
    public void It_is_smaller_than_brotli_at_its_best(string name)
    {
        var input = SampleBytes.Get(name);
        var brotli = new byte[input.Length + 1000];
        Assert.True(BrotliEncoder.TryCompress(input, brotli, out var brotliLength, quality: 11, window: 24));

        Assert.InRange(ByteCoder.Compress(input, ByteCoderSettings.Default).Length, 1, brotliLength - 1);
    }

    [Fact]
    public void Random_input_hardly_grows()
    {
        var input = SampleBytes.Random(30000, 11);

        Assert.InRange(ByteCoder.Compress(input, ByteCoderSettings.Default).Length, input.Length, input.Length * 102 / 100);
    }

    [Theory]
    [InlineData("text")]
    [InlineData("mixed")]
    [InlineData("one")]
    [InlineData("zeros")]
    public void A_payload_that_goes_on_after_its_end_is_refused(string name)
    {
        var input = SampleBytes.Get(name);
        var payload = ByteCoder.Compress(input, ByteCoderSettings.Default);

        Assert.Throws<CorruptArchiveException>(() => Decode([.. payload, 0], input.Length, ByteCoderSettings.Default));
        Assert.Throws<CorruptArchiveException>(() => Decode([], input.Length, ByteCoderSettings.Default));
        Assert.Throws<CorruptArchiveException>(() => Decode(payload, 0, ByteCoderSettings.Default));
    }

    [Theory]
    [InlineData("text")]
    [InlineData("csv")]
    [InlineData("counter")]
    public void No_truncated_payload_gives_the_input(string name)
    {
        var input = SampleBytes.Get(name)[..600];
        var payload = ByteCoder.Compress(input, ByteCoderSettings.Default);
        for (var length = 0; length < payload.Length; length++)
        {
            TryDecode(payload[..length], input);
        }
    }

    [Fact]
    public void Damage_gives_wrong_bytes_or_a_refusal_and_nothing_else()
    {
        var input = SampleBytes.Get("mixed")[..2000];
        var payload = ByteCoder.Compress(input, ByteCoderSettings.Default);
        var random = new Random(13);
        var refused = 0;
        for (var i = 0; i < 60; i++)
        {
            var damaged = payload.ToArray();
            damaged[random.Next(damaged.Length)] ^= (byte)(1 << random.Next(8));
            refused += TryDecode(damaged, input) ? 0 : 1;
        }

        Assert.InRange(refused, 40, 60);
    }

    [Fact]
    public void Random_payloads_end_in_a_refusal_or_in_bytes()
    {
        for (var seed = 0; seed < 60; seed++)
        {
            var payload = SampleBytes.Random((seed * 7) + 1, seed);
            payload[0] = (byte)(seed % 5);
            TryDecode(payload, new byte[seed * 11]);
        }
    }

    [Fact]
    public void A_short_payload_cannot_keep_the_decoder_busy_for_long_output()
    {
        var watch = Stopwatch.StartNew();

        Assert.Throws<CorruptArchiveException>(() => Decode([0, 0x55, 0xAA, 0x12], 1 << 22, ByteCoderSettings.Default));
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 10);
    }

    [Theory]
    [InlineData("0123456789abcdef")]
    [InlineData("ACGT")]
    [InlineData("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789")]
    public void Random_symbols_cost_little_more_than_their_entropy(string alphabet)
    {
        var random = new Random(17);
        var input = Enumerable.Range(0, 4000).Select(_ => (byte)alphabet[random.Next(alphabet.Length)]).ToArray();

        // An adaptive count of k symbols costs k/2 · log2 n bits; the coder may take a hundredth more.
        var bits = (Math.Log2(alphabet.Length) * input.Length) + (alphabet.Length / 2 * Math.Log2(input.Length));
        Assert.InRange(ByteCoder.Compress(input, ByteCoderSettings.Default).Length, 0, 1.01 * bits / 8);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(7)]
    public void A_run_of_any_length_takes_a_few_bytes(int period)
    {
        var input = Enumerable.Range(0, 60000).Select(i => (byte)(i % period * 41)).ToArray();

        Assert.InRange(ByteCoder.Compress(input, ByteCoderSettings.Default).Length, 1, 16);
    }

    [Fact]
    public void A_small_input_is_coded_in_little_memory()
    {
        var input = SampleBytes.Text(100);
        ByteCoder.Compress(input, ByteCoderSettings.Default);
        var before = GC.GetAllocatedBytesForCurrentThread();

        ByteCoder.Compress(input, ByteCoderSettings.Default);

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 3 << 19);
    }

    private static byte[] Decode(byte[] payload, int length, ByteCoderSettings settings)
    {
        var output = new byte[length];
        ByteCoder.Decompress(payload, output, settings);
        return output;
    }

    private static bool TryDecode(byte[] payload, byte[] expected)
    {
        try
        {
            Assert.NotEqual(expected, Decode(payload, expected.Length, ByteCoderSettings.Default));
            return true;
        }
        catch (NacrithException)
        {
            return false;
        }
    }
}
