using NacrithOnnx.Format;
using NacrithOnnx.Runtime.Frame;
using NacrithOnnx.Tests.Support;

namespace NacrithOnnx.Tests.Runtime;

/// <summary>Which form an archive has, and what it costs.</summary>
public sealed class CodecFormTests : IDisposable
{
    private const int FrameLength = 1000;

    private readonly NacrithCodec _codec = TinyCodec.Open();

    public void Dispose() => _codec.Dispose();

    [Theory]
    [InlineData(0, 14)]
    [InlineData(1, 15)]
    [InlineData(127, 127 + 14)]
    [InlineData(128, 128 + 15)]
    [InlineData(1 << 16, (1 << 16) + 16)]
    public void Content_that_is_stored_costs_at_most_sixteen_bytes(int length, int expected)
    {
        var content = new byte[length];
        new Random(length).NextBytes(content);

        Assert.Equal(expected, _codec.Compress(content, 6).Length);
    }

    [Theory]
    [InlineData(100)]
    [InlineData(3_000)]
    [InlineData(40_000)]
    public void Head_and_check_of_a_text_take_at_most_twenty_three_bytes(int length)
    {
        var archive = _codec.Compress(TinyCodec.Prose[..length], 6);

        var head = TinyCodec.Frame(archive);
        Assert.InRange(archive.Length - head.FieldsLength - head.TextPayloadLength, 1, 23);

        // Tokens, the line-wrap transform with its width, the mark of a primer.
        Assert.InRange(head.FieldsLength, 1, 3 + 3 + 1);
    }

    [Fact]
    public void A_frame_and_a_byte_make_a_large_archive()
    {
        Assert.True(Header(Write(TinyCodec.Prose[..FrameLength])).IsSmall);
        Assert.False(Header(Write(TinyCodec.Prose[..(FrameLength + 1)])).IsSmall);
    }

    [Fact]
    public void A_profile_without_a_number_is_written_out()
    {
        var profile = Profiles.Of(2);
        profile = profile with { Number = 0, Predictor = profile.Predictor with { ContextBits = 9, MatchCandidates = 3 } };
        var content = TinyCodec.Prose[..1500];

        var archive = Write(content, profile);

        var header = Header(archive);
        Assert.Equal((0, 24), (header.Profile, header.Parameters.Count));
        Assert.Equal(9, header.Parameters["order-bits"]);
        Assert.Equal(content, _codec.Decompress(archive));
        Assert.Equal(content[..900], _codec.Decompress(Write(content[..900], profile)));
    }

    private static ArchiveHeader Header(byte[] archive) =>
        Assert.Single(ArchiveListing.Read(new MemoryStream(archive))).Header;

    private byte[] Write(byte[] content, Profile? profile = null) => _codec.Compress(content, profile, frameLength: FrameLength);
}
