using NacrithOnnx.Format;
using NacrithOnnx.Tests.Support;

namespace NacrithOnnx.Tests.Runtime;

/// <summary>Dictionaries in archives of both forms.</summary>
public sealed class CodecDictionaryTests : IDisposable
{
    private const int FrameLength = 1000;

    private readonly NacrithCodec _codec = TinyCodec.Open();
    private readonly NacrithDictionary _dictionary = new(TinyCodec.Prose.AsSpan(10_000, 3_000));
    private readonly NacrithDictionary _other = new(TinyCodec.Prose.AsSpan(20_000, 3_000));

    public void Dispose()
    {
        _codec.Dispose();
        _dictionary.Dispose();
        _other.Dispose();
    }

    [Theory]
    [InlineData(500)]
    [InlineData(2_500)]
    public void An_archive_names_its_dictionary_and_needs_it(int length)
    {
        var content = TinyCodec.Prose[..length];
        var archive = Compress(content, _dictionary);

        var header = Assert.Single(ArchiveListing.Read(new MemoryStream(archive))).Header;
        Assert.Equal(length <= FrameLength, header.IsSmall);
        Assert.Equal(_dictionary.Sha256[..8], header.Dictionary?.ToString());
        Assert.Equal(content, _codec.Decompress(archive, With(_dictionary)));
        Assert.Equal(content[300..400], _codec.Decompress(archive, With(_dictionary) with { Offset = 300, Length = 100 }));
        var missing = Assert.Throws<DictionaryMismatchException>(() => _codec.Decompress(archive));
        var wrong = Assert.Throws<DictionaryMismatchException>(() => _codec.Decompress(archive, With(_other)));
        Assert.Contains(_dictionary.Sha256[..8], missing.Message, StringComparison.Ordinal);
        Assert.Contains(_dictionary.Sha256[..8], wrong.Message, StringComparison.Ordinal);
        Assert.Contains(_other.Sha256, wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_damage_of_a_small_archive_with_a_dictionary_is_refused()
    {
        var archive = Compress(TinyCodec.Prose[..120], _dictionary);
        for (var bit = 0; bit < 8 * archive.Length; bit++)
        {
            archive[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.ThrowsAny<NacrithException>(() => _codec.Decompress(archive, With(_dictionary)));
            archive[bit / 8] ^= (byte)(1 << (bit % 8));
        }
    }

    [Fact]
    public void A_dictionary_is_not_needed_where_there_is_no_text()
    {
        var random = new byte[600];
        new Random(1).NextBytes(random);

        var archive = Compress(random, _dictionary);

        Assert.Null(Assert.Single(ArchiveListing.Read(new MemoryStream(archive))).Header.Dictionary);
        Assert.Equal(random, _codec.Decompress(archive));
        Assert.Equal(TinyCodec.Prose[..500], _codec.Decompress(Compress(TinyCodec.Prose[..500], null), With(_dictionary)));
    }

    [Fact]
    public void A_short_archive_is_never_larger_for_its_dictionary()
    {
        using var codec = new NacrithCodec(new CodecSettings(TinyModel.Codec.Folder, 1));
        var named = 0;
        for (var start = 0; start < 4_000; start += 200)
        {
            var content = TinyCodec.Prose[start..(start + 150)];
            var with = codec.Compress(content, new CompressOptions { Dictionary = _dictionary });
            var without = codec.Compress(content);

            Assert.InRange(with.Length, 1, without.Length);
            Assert.Equal(content, codec.Decompress(with, With(_dictionary)));
            named += ArchiveListing.Read(new MemoryStream(with))[0].Header.Dictionary is null ? 0 : 1;
        }

        // Else nothing was dropped, or everything.
        Assert.InRange(named, 0, 19);
    }

    private static DecompressOptions With(NacrithDictionary dictionary) => new() { Dictionary = dictionary };

    private byte[] Compress(byte[] content, NacrithDictionary? dictionary)
    {
        using var archive = new MemoryStream();
        using var writer = _codec.OpenWriter(archive, new CompressOptions { Dictionary = dictionary }, null, FrameLength);
        writer.Write(content);
        writer.Complete();
        return archive.ToArray();
    }
}
