using System.Text;
using NacrithOnnx.Format;
using NacrithOnnx.Tests.Support;

namespace NacrithOnnx.Tests.Runtime;

/// <summary>What an observer learns is what the archive holds, in both directions.</summary>
public sealed class FrameTraceTests : IDisposable
{
    private static readonly byte[] Mixed =
    [
        .. TinyCodec.Prose[..3000], .. GeneratedBytes(2500), .. Encoding.UTF8.GetBytes("\r\nÄöü 日本語 🙂 \u0001\r\n"),
        .. TinyCodec.Prose[3000..6000],
    ];

    private readonly NacrithCodec _codec = TinyCodec.Open();

    public void Dispose() => _codec.Dispose();

    [Fact]
    public void Both_directions_tell_the_same()
    {
        var (archive, coded) = Compress(Mixed);
        var decoded = Decompress(archive);

        var (one, other) = (Assert.Single(coded), Assert.Single(decoded));
        Assert.Equal(one.Regions, other.Regions);
        Assert.Equal(one.ByteBits.ToArray(), other.ByteBits.ToArray());
        Assert.Equal(one.Text!.Count, other.Text!.Count);
        for (var token = 0; token < one.Text.Count; token++)
        {
            Assert.Equal(one.Text.Bits(token), other.Text.Bits(token));
            Assert.Equal(one.Text.TokenText(token).ToArray(), other.Text.TokenText(token).ToArray());
            Assert.Equal(one.Text.GuessesAt(token).ToArray(), other.Text.GuessesAt(token).ToArray());
            Assert.Equal(one.Text.SharesAt(token).ToArray(), other.Text.SharesAt(token).ToArray());
        }
    }

    [Fact]
    public void The_bits_add_up_to_the_payloads()
    {
        var (archive, coded) = Compress(Mixed);
        var frame = Assert.Single(coded);

        var text = Enumerable.Range(0, frame.Text!.Count).Sum(token => (double)frame.Text.Bits(token)) / 8;
        var bytes = frame.ByteBits.ToArray().Sum(bits => (double)bits) / 8;
        Assert.InRange(archive.Length - text - bytes, 0, 80);
    }

    [Fact]
    public void Regions_and_tokens_cover_the_content()
    {
        var frame = Assert.Single(Compress(Mixed).Frames);

        Assert.Equal(Mixed.Length, frame.Regions.Sum(region => region.Length));
        Assert.Contains(frame.Regions, region => region.Kind == RegionKind.Text);
        Assert.Equal(frame.Regions.Sum(region => region.TextLength), frame.Text!.Text.Length);
        var joined = Enumerable.Range(0, frame.Text.Count).SelectMany(token => frame.Text.TokenText(token).ToArray());
        Assert.Equal(frame.Text.Text.ToArray(), joined);
    }

    [Fact]
    public void The_archive_is_the_same_with_and_without_an_observer() =>
        Assert.Equal(_codec.Compress(Mixed, 6), Compress(Mixed).Archive);

    private (byte[] Archive, List<FrameTrace> Frames) Compress(byte[] content)
    {
        var observer = new FrameList();
        using var archive = new MemoryStream();
        _codec.Compress(new MemoryStream(content), archive, new CompressOptions { Level = 6, Observer = observer });
        return (archive.ToArray(), observer.Frames);
    }

    private List<FrameTrace> Decompress(byte[] archive)
    {
        var observer = new FrameList();
        Assert.Equal(Mixed, _codec.Decompress(archive, new DecompressOptions { Observer = observer }));
        return observer.Frames;
    }

    /// <summary>Bytes that the byte coder makes smaller and that are no text.</summary>
    private static byte[] GeneratedBytes(int count)
    {
        var random = new Random(4);
        return [.. Enumerable.Range(0, count).Select(index => (byte)(index % 8 == 0 ? random.Next(4) : 0xF0 + (index % 8)))];
    }
}
