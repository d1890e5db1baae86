using System.Security.Cryptography;
using NacrithOnnx.Format;

namespace NacrithOnnx.Tests.Runtime;

/// <summary>A damaged archive is refused before anything of it is written.</summary>
public sealed class CodecDamageTests : IDisposable
{
    private const int ChecksumLength = 8;

    private static readonly byte[] Content = TinyCodec.Prose[..300];

    private readonly NacrithCodec _codec = TinyCodec.Open();
    private readonly byte[] _archive;

    public CodecDamageTests()
    {
        _archive = _codec.Compress(Content, 6);
        Assert.Equal(Content.Length, TinyCodec.Frame(_archive).TextLength);
    }

    public void Dispose() => _codec.Dispose();

    [Fact]
    public void Every_flipped_bit_is_refused()
    {
        for (var i = 0; i < _archive.Length; i++)
        {
            for (var bit = 1; bit < 256; bit <<= 1)
            {
                _codec.Refuse(Flip(_archive, i, bit));
            }
        }
    }

    [Fact]
    public void Every_truncation_is_refused()
    {
        for (var length = 0; length < _archive.Length; length++)
        {
            _codec.Refuse(_archive[..length]);
        }
    }

    [Fact]
    public void A_flipped_bit_with_a_right_checksum_never_gives_other_content()
    {
        var payload = TinyCodec.Frame(_archive).PayloadLength;
        var start = _archive.Length - ChecksumLength - payload;
        var refused = 0;
        for (var i = 0; i < payload; i += 3)
        {
            var forged = Flip(_archive, start + i, 1 << (i % 8));
            SHA256.HashData(forged.AsSpan(start, payload)).AsSpan(0, ChecksumLength).CopyTo(forged.AsSpan(^ChecksumLength..));
            try
            {
                Assert.Equal(Content, _codec.Decompress(forged));
            }
            catch (NacrithException)
            {
                refused++;
            }
        }

        Assert.InRange(refused, 10, payload);
    }

    [Theory]
    [InlineData(-1, 0, 0)]
    [InlineData(1, 0, 0)]
    [InlineData(0, 1, 0)]
    [InlineData(0, 31, 0)]
    [InlineData(0, 32, 0)]
    [InlineData(0, 0, 1023)]
    [InlineData(0, 0, 1024)]
    public void A_header_that_lies_about_the_tokens_is_refused(int tokens, int streams, int primer) =>
        _codec.Refuse(WithText(tokens, streams, primer));

    [Theory]
    [InlineData(1)]
    [InlineData(50)]
    public void A_primer_before_the_only_stream_is_its_beginning(int primer) =>
        Assert.Equal(Content, _codec.Decompress(WithText(0, 0, primer)));

    /// <summary>The archive with other numbers of tokens, streams and primer tokens, and right checksums.</summary>
    private byte[] WithText(int tokens, int streams, int primer)
    {
        using var reader = new ContainerReader(new MemoryStream(_archive));
        Assert.True(reader.TryReadArchive(out var header));
        Assert.True(reader.TryReadDataFrame(out var frame));
        var text = frame.Header.Text;
        using var forged = new MemoryStream();
        using var writer = new ContainerWriter(forged);
        writer.WriteHeader(header);
        writer.WriteDataFrame(
            Content, frame.Header.Regions,
            new TextSection(text.TokenCount + tokens, text.LaneCount + streams, text.PrimerTokenCount + primer),
            frame.TextPayload, default);
        writer.WriteEnd();
        return forged.ToArray();
    }

    private static byte[] Flip(byte[] archive, int index, int bit)
    {
        byte[] flipped = [.. archive];
        flipped[index] ^= (byte)bit;
        return flipped;
    }
}
