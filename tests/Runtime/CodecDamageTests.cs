using NacrithOnnx.Format;
using NacrithOnnx.Tests.Reliability.Mutations;
using NacrithOnnx.Tests.Support;

namespace NacrithOnnx.Tests.Runtime;

/// <summary>A damaged archive is refused before any of its content is written.</summary>
public sealed class CodecDamageTests : IDisposable
{
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
    public void Every_missing_byte_is_refused()
    {
        for (var i = 0; i < _archive.Length; i++)
        {
            _codec.Refuse([.. _archive[..i], .. _archive[(i + 1)..]]);
        }
    }

    [Fact]
    public void A_flipped_bit_of_a_large_archive_is_refused_before_anything_is_decoded()
    {
        var large = LargeForm.Of(_archive, Content);
        Assert.Equal(Content, _codec.Decompress(large));
        for (var i = 0; i < large.Length; i++)
        {
            Assert.ThrowsAny<NacrithException>(() => ReadAll(Flip(large, i, 1 << (i % 8))));
        }
    }

    [Fact]
    public void A_flipped_bit_with_a_right_checksum_never_gives_other_content()
    {
        var parts = ArchiveParts.Of(LargeForm.Of(_archive, Content));
        var body = parts.Frames[0].Payload;
        var refused = 0;
        for (var i = 0; i < body.Length; i += 3)
        {
            parts.Frames[0].Payload = Flip(body, i, 1 << (i % 8));
            try
            {
                Assert.Equal(Content, _codec.Decompress(parts.Assemble()));
            }
            catch (NacrithException)
            {
                refused++;
            }
        }

        Assert.InRange(refused, 10, body.Length);
    }

    /// <summary>Reads all frames without decoding them.</summary>
    private static void ReadAll(byte[] archive)
    {
        using var reader = new ContainerReader(new MemoryStream(archive));
        while (reader.TryReadArchive(out _))
        {
            while (reader.TryReadDataFrame(out _))
            {
            }
        }
    }

    private static byte[] Flip(byte[] archive, int index, int bit)
    {
        byte[] flipped = [.. archive];
        flipped[index] ^= (byte)bit;
        return flipped;
    }
}
