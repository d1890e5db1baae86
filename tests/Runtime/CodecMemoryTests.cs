using System.Globalization;
using System.Text.RegularExpressions;
using NacrithOnnx.Format;
using NacrithOnnx.Runtime.Bytes;
using NacrithOnnx.Runtime.Frame;

namespace NacrithOnnx.Tests.Runtime;

/// <summary>Parameters of an archive cannot take more memory than the reader allows.</summary>
public sealed class CodecMemoryTests : IDisposable
{
    private static readonly byte[] Content = new byte[1000];

    private readonly NacrithCodec _codec = TinyCodec.Open();

    public void Dispose() => _codec.Dispose();

    [Theory]
    [InlineData("byte-memory", 28)]
    [InlineData("order-bits", 20)]
    public void Tables_beyond_the_limit_are_refused(string parameter, int value)
    {
        var archive = Archive(parameter, value);

        Assert.Throws<LimitExceededException>(
            () => _codec.Decompress(archive, new DecompressOptions { MemoryLimit = 64 << 20 }));
        Assert.Equal(Content, _codec.Decompress(archive, new DecompressOptions { MemoryLimit = 1L << 30 }));
        Assert.Equal(Content, _codec.Decompress(archive));
    }

    [Fact]
    public void The_usual_tables_do_not_count()
    {
        var archive = Archive("byte-memory", ByteCoderSettings.DefaultMemoryBits);

        Assert.Equal(Content, _codec.Decompress(archive, new DecompressOptions { MemoryLimit = 1 << 20 }));
    }

    [Fact]
    public void Text_beyond_the_limit_is_refused_in_decoding_with_what_it_needs()
    {
        var content = TinyCodec.Prose[..9000];
        var archive = _codec.Compress(content, CompressOptions.DefaultLevel);

        var failure = Assert.Throws<LimitExceededException>(
            () => _codec.Decompress(archive, new DecompressOptions { MemoryLimit = 20 << 20 }));
        var needed = Needed(failure);
        Assert.Throws<LimitExceededException>(
            () => _codec.Decompress(archive, new DecompressOptions { MemoryLimit = needed - (1 << 20) }));
        Assert.Equal(content, _codec.Decompress(archive, new DecompressOptions { MemoryLimit = needed }));
    }

    [Theory]
    [InlineData(6)]
    [InlineData(9)]
    public void Text_beyond_the_limit_is_refused_in_compressing_and_makes_the_same_archive_within_it(int level)
    {
        var content = TinyCodec.Prose[..9000];
        var options = new CompressOptions { Level = level };
        var expected = _codec.Compress(content, options);

        var failure = Assert.Throws<LimitExceededException>(() => _codec.Compress(content, options with { MemoryLimit = 20 << 20 }));
        Assert.Contains("no level fits, and level 6 needs least", failure.Message, StringComparison.Ordinal);
        var needed = Needed(failure);
        Assert.Throws<LimitExceededException>(() => _codec.Compress(content, options with { MemoryLimit = needed - (1 << 20) }));
        foreach (var limit in (long[])[needed, needed + (40 << 20), 1L << 30])
        {
            Assert.Equal(expected, _codec.Compress(content, options with { MemoryLimit = limit }));
        }
    }

    [Fact]
    public void A_dictionary_needs_memory_of_its_own()
    {
        using var dictionary = new NacrithDictionary(TinyCodec.Prose.AsSpan(9000, 3000));
        var content = TinyCodec.Prose[..2000];
        var tooLittle = new CompressOptions { MemoryLimit = 20 << 20 };
        var without = Needed(Assert.Throws<LimitExceededException>(() => _codec.Compress(content, tooLittle)));
        var options = tooLittle with { Dictionary = dictionary };
        var with = Needed(Assert.Throws<LimitExceededException>(() => _codec.Compress(content, options)));

        Assert.True(with > without);
        Assert.Equal(
            _codec.Compress(content, options with { MemoryLimit = null }), _codec.Compress(content, options with { MemoryLimit = with }));
    }

    [Fact]
    public void Content_without_text_needs_no_memory_for_a_model() =>
        Assert.Equal(Content, _codec.Decompress(_codec.Compress(Content, new CompressOptions { MemoryLimit = 1 << 20 })));

    /// <summary>The bytes that a refusal asks for.</summary>
    private static long Needed(LimitExceededException failure) =>
        long.Parse(Regex.Match(failure.Message, "needs ([0-9]+) MiB of memory").Groups[1].Value, CultureInfo.InvariantCulture) << 20;

    private static byte[] Archive(string parameter, int value)
    {
        var settings = new ByteCoderSettings(parameter == "byte-memory" ? value : ByteCoderSettings.DefaultMemoryBits);
        var parameters = ProfileParameters.Write(Profiles.Of(2)).ToDictionary();
        parameters[parameter] = value;
        using var archive = new MemoryStream();
        using var writer = new ContainerWriter(archive);
        writer.WriteHeader(new ArchiveHeader { Parameters = parameters });
        writer.WriteFrame(new()
        {
            Original = Content,
            Regions = [new(RegionKind.Bytes, 0, Content.Length)],
            BytesPayload = ByteCoder.Compress(Content, settings),
        });
        writer.WriteEnd();
        return archive.ToArray();
    }
}
