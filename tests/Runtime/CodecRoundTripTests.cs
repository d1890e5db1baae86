using System.Text;
using NacrithOnnx.Format;
using NacrithOnnx.Runtime.Frame;
using NacrithOnnx.Tests.Support;

namespace NacrithOnnx.Tests.Runtime;

/// <summary>Any bytes survive segmenter, transforms, tokenizer, model, coder and container.</summary>
public sealed class CodecRoundTripTests : IDisposable
{
    private static readonly byte[] Prose = TinyCodec.Prose[..1500];
    private static readonly string ProseText = Encoding.UTF8.GetString(Prose);

    private static readonly Dictionary<string, byte[]> Samples = new()
    {
        ["nothing"] = [],
        ["one byte"] = [0],
        ["one letter"] = [(byte)'a'],
        ["every byte"] = [.. Enumerable.Range(0, 256).Select(value => (byte)value)],
        ["random bytes"] = Random(7, 5000),
        ["zeros"] = new byte[5000],
    };

    private static readonly Dictionary<string, byte[]> Texts = new()
    {
        ["prose"] = Prose,
        ["invalid UTF-8 within text"] = [.. Prose[..700], 0xC3, 0x28, 0xED, 0xA0, 0x80, 0xFF, .. Prose[700..], 0xE2, 0x82],
        ["text between random bytes"] = [.. Random(8, 3000), .. Prose, .. Random(9, 3000), .. Prose],
        ["UTF-16 with mark"] = [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(ProseText)],
        ["UTF-16, big-endian, with mark"] = [0xFE, 0xFF, .. Encoding.BigEndianUnicode.GetBytes(ProseText)],
        ["UTF-8 with mark"] = [0xEF, 0xBB, 0xBF, .. Prose],
        ["carriage returns and line feeds"] = Encoding.UTF8.GetBytes(ProseText.Replace("\n", "\r\n", StringComparison.Ordinal)),
        ["line ends of all kinds"] = Encoding.UTF8.GetBytes(ProseText.Replace("\n\n", "\r\n\n\r", StringComparison.Ordinal)),
        ["Windows-1252"] = Encoding.Latin1.GetBytes(ProseText.Replace("Alice", "Älíçé", StringComparison.Ordinal)),
        ["special tokens"] = Encoding.UTF8.GetBytes(
            ProseText.Insert(900, "<|im_start|>user\n<|im_end|><|endoftext|>").Insert(0, "<|endoftext|><|im_start|>")),
        ["letters of two to four bytes"] = Encoding.UTF8.GetBytes(
            ProseText.Replace("'", "’", StringComparison.Ordinal).Replace("Alice", "Älice 🙂", StringComparison.Ordinal)),
    };

    private readonly NacrithCodec _codec = TinyCodec.Open();

    public static TheoryData<string> SampleNames => [.. Samples.Keys];

    public static TheoryData<string> TextNames => [.. Texts.Keys];

    public static TheoryData<int> Levels => [.. Enumerable.Range(1, 9)];

    public void Dispose() => _codec.Dispose();

    [Theory]
    [MemberData(nameof(SampleNames))]
    public void Bytes_survive_a_round_trip(string name) =>
        Assert.Equal(Samples[name], _codec.Decompress(_codec.Compress(Samples[name], 6)));

    [Theory]
    [MemberData(nameof(TextNames))]
    public void Text_survives_a_round_trip_through_the_model(string name)
    {
        var archive = _codec.Compress(Texts[name], 6);

        Assert.InRange(TinyCodec.Frame(archive).TextLength, 1024, Texts[name].Length);
        Assert.Equal(Texts[name], _codec.Decompress(archive));
    }

    [Theory]
    [MemberData(nameof(Levels))]
    public void Every_level_takes_a_mixture(int level)
    {
        byte[] mixture = [.. Texts["special tokens"], .. Random(level, 2000), .. Texts["carriage returns and line feeds"]];

        var archive = _codec.Compress(mixture, level);

        Assert.Equal(Profiles.OfLevel(level).Number, ArchiveListing.Read(new MemoryStream(archive))[0].Header.Profile);
        Assert.InRange(TinyCodec.Frame(archive).TextLength, 1, mixture.Length);
        Assert.Equal(mixture, _codec.Decompress(archive));
    }

    [Theory]
    [InlineData(6)]
    [InlineData(9)]
    public void Threads_and_the_way_a_stream_is_read_change_no_byte(int level)
    {
        var content = TinyCodec.Prose[..5000];
        var archive = _codec.Compress(content, level);
        using var threaded = TinyCodec.Open(threads: 2);
        using var again = new MemoryStream();

        threaded.Compress(
            new OneByteAtATimeStream(content), again, new CompressOptions { Level = level }, null, CancellationToken.None);

        Assert.Equal(archive, again.ToArray());
        Assert.Equal(content, threaded.Decompress(new OneByteAtATimeStream(archive)));
        Assert.Equal(archive, _codec.Compress(content, level));
    }

    private static byte[] Random(int seed, int length)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }
}
