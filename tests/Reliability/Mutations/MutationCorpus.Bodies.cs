using NacrithOnnx.Tests.Support;
using static NacrithOnnx.NacrithErrorCode;

namespace NacrithOnnx.Tests.Reliability.Mutations;

/// <content>Frame bodies: tag, fields and sections, each in a data frame and in a small archive.</content>
internal static partial class MutationCorpus
{
    private const byte TextTag = 0x40;
    private const byte TransformedTag = 0x50;
    private const byte BytesTag = 0x80;
    private const byte RegionsTag = 0xC0;

    /// <summary>The profile of the samples, level 6.</summary>
    private const byte Profile = 2;

    private static IEnumerable<MutationRecipe> Bodies() =>
    [
        .. StoredBodies().SelectMany(Both), .. TextBodies().SelectMany(Both), .. TransformedBodies().SelectMany(Both),
        .. BytesBodies().SelectMany(Both), .. RegionBodies().SelectMany(Both),
    ];

    private static IEnumerable<BodyChange> StoredBodies()
    {
        var content = MutationSamples.Plain.Content;
        BodyChange Stored(string name, NacrithErrorCode? code, byte[] body) => new(MutationSamples.Plain, name, code, body);

        yield return Stored("a stored body with a transform", Corrupt, [0x10, .. content]);
        yield return Stored("a stored body with a dictionary", Corrupt, [0x20, .. content]);
        yield return Stored("other stored content", NacrithErrorCode.Checksum, [0, .. Flip(content, 7)]);
    }

    private static IEnumerable<BodyChange> TextBodies()
    {
        var (tokens, coded) = Split(MutationSamples.Text);
        var length = MutationSamples.Text.Content.Length;
        BodyChange Text(string name, NacrithErrorCode? code, long count, byte[] payload) =>
            new(MutationSamples.Text, name, code, [TextTag, .. Varint(count), .. payload]);

        yield return Text("no tokens", Corrupt, 0, coded);
        yield return Text("one token less", Corrupt, tokens - 1, coded);
        yield return Text("one token more", Corrupt, tokens + 1, coded);
        yield return Text("as many tokens as the bound allows", Corrupt, 3 * length, coded);
        yield return Text("one token more than the bound allows", Corrupt, (3 * length) + 1, coded);
        yield return Text("2^31 tokens", Corrupt, 1L << 31, coded);
        yield return Text("coded text: nothing", Corrupt, tokens, []);
        yield return Text("coded text: a byte less", Corrupt, tokens, coded[..^1]);
        yield return Text("coded text: a zero more", Corrupt, tokens, [.. coded, 0]);
        yield return Text("coded text: a byte more, in the same interval", null, tokens, [.. coded, 1]);
        yield return Text("coded text: first byte changed", Corrupt, tokens, Flip(coded, 0));
        yield return Text("coded text: as if every token were the last one", Corrupt, tokens, [.. coded.Select(_ => (byte)0xFF)]);
        yield return new(MutationSamples.Text, "tokens in a byte too many", Corrupt, [TextTag, (byte)(tokens | 0x80), 0, .. coded]);
        yield return new(MutationSamples.Text, "tokens without end", Corrupt, [TextTag, .. Enumerable.Repeat<byte>(0xFF, 9), 1, .. coded]);
        yield return new(MutationSamples.Text, "a body that ends in its tokens", Corrupt, [TextTag, 0x80]);
        yield return new(MutationSamples.Text, "a body of a tag", Corrupt, [TextTag]);
        yield return new(MutationSamples.Text, "transform 0 written out", Corrupt, [TransformedTag, 0, .. Varint(tokens), .. coded]);
        yield return new(MutationSamples.Text, "transform 65,536", Corrupt, [TransformedTag, .. Varint(65_536), .. Varint(tokens), .. coded]);
        foreach (var (name, transform, code) in new (string, int, NacrithErrorCode?)[]
        {
            ("an unknown transform", 133, UnsupportedVersion), ("all unknown transforms", 0xC0, UnsupportedVersion),
            ("two encodings at once", 3, Corrupt), ("UTF-16 in an odd number of bytes, or not of that length", 1, Corrupt),
            ("Windows-1252 with the correct length and other bytes", 4, null), ("a mark that makes the text too long", 8, Corrupt),
            ("line ends that make the text too long", 16, Corrupt), ("entities that make the text too long", 32, Corrupt),
        })
        {
            yield return new(MutationSamples.Text, name, code, [TransformedTag, .. Varint(transform), .. Varint(tokens), .. coded]);
        }
    }

    private static IEnumerable<BodyChange> TransformedBodies()
    {
        var body = ArchiveParts.Of(MutationSamples.Transformed.Archive).Frames[0].Payload;
        Assert.Equal(TransformedTag, body[0]);
        yield return new(MutationSamples.Transformed, "the transform left out", Corrupt, [TextTag, .. body[2..]]);
        yield return new(MutationSamples.Transformed, "a text that its transform makes another length", Corrupt, [TransformedTag, 4, .. body[2..]]);
    }

    private static IEnumerable<BodyChange> BytesBodies()
    {
        var coded = ArchiveParts.Of(MutationSamples.Bytes.Archive).Frames[0].Payload[1..];
        BodyChange Bytes(string name, NacrithErrorCode? code, params byte[] body) => new(MutationSamples.Bytes, name, code, body);

        yield return Bytes("coded bytes: nothing", Corrupt, BytesTag);
        yield return Bytes("coded bytes: no more than its first byte", Corrupt, [BytesTag, coded[0]]);
        yield return Bytes("coded bytes: unknown transform", Corrupt, [BytesTag, 4, .. coded[1..]]);
        yield return Bytes("coded bytes: a byte less, which ends another content as well", NacrithErrorCode.Checksum, [BytesTag, .. coded[..^1]]);
        yield return Bytes("coded bytes: a byte more", Corrupt, [BytesTag, .. coded, 0]);
        yield return Bytes("coded bytes: second byte changed", Corrupt, [BytesTag, .. Flip(coded, 1)]);
        yield return Bytes("coded bytes: last byte changed, which ends another content", NacrithErrorCode.Checksum, [BytesTag, .. Flip(coded, coded.Length - 1)]);
        yield return Bytes("coded bytes with a transform", Corrupt, [BytesTag | 0x10, .. coded]);
        yield return Bytes("coded bytes with a dictionary", Corrupt, [BytesTag | 0x20, .. coded]);
        yield return Bytes(
            "stored in two regions", null,
            [RegionsTag, 2, 2, 7, 2, .. Varint(MutationSamples.Bytes.Content.Length - 7), .. MutationSamples.Bytes.Content]);
        yield return Bytes("coded bytes in two regions", null, [RegionsTag, 2, 1, 7, 1, .. Varint(MutationSamples.Bytes.Content.Length - 7), .. coded]);
    }

    private static IEnumerable<BodyChange> RegionBodies()
    {
        var (tokens, coded) = Split(MutationSamples.Text);
        var length = MutationSamples.Text.Content.Length;
        byte[] end = [.. Varint(tokens), .. Varint(coded.Length), .. coded];
        BodyChange Regions(string name, NacrithErrorCode? code, params byte[] list) =>
            new(MutationSamples.Text, name, code, [RegionsTag, .. list]);

        yield return Regions("text in two regions", null, [2, 0, 0, 9, 0, 0, .. Varint(length - 9), .. end]);
        yield return Regions("text in two regions, a byte too long", Corrupt, [2, 0, 0, 9, 0, 0, .. Varint(length - 8), .. end]);
        yield return Regions("text in two regions, a byte too short", Corrupt, [2, 0, 0, 9, 0, 0, .. Varint(length - 10), .. end]);
        yield return Regions("no regions", Corrupt, [0, .. end]);
        yield return Regions("one region", Corrupt, [1, 0, 0, .. Varint(length), .. end]);
        yield return Regions("4,097 regions", Corrupt, [.. Varint(4097), .. new byte[9000]]);
        yield return Regions("more regions than there are bytes", Corrupt, [.. Varint(4096), .. end]);
        yield return Regions("region of kind 3", Corrupt, [2, 0, 0, 9, 3, .. Varint(length - 9), .. end]);
        yield return Regions("region of no bytes", Corrupt, [3, 0, 0, 9, 0, 0, 0, 0, 0, .. Varint(length - 9), .. end]);
        yield return Regions("text section longer than the body", Corrupt, [2, 0, 0, 9, 0, 0, .. Varint(length - 9), .. Varint(tokens), .. Varint(coded.Length + 1), .. coded]);
        yield return Regions("text section shorter than the body", Corrupt, [2, 0, 0, 9, 0, 0, .. Varint(length - 9), .. Varint(tokens), .. Varint(coded.Length - 1), .. coded]);
        yield return Regions("a transformed region of more than three times its bytes", Corrupt, [2, 0, 0, 9, 0, 4, .. Varint(length - 9), .. Varint(3 * (length - 9) + 1), .. end]);
        yield return Regions("a transformed region a byte too long", Corrupt, [2, 0, 0, 9, 0, 4, .. Varint(length - 9), .. Varint(length - 8), .. end]);
        yield return Regions("a transformed region of its length", null, [2, 0, 0, 9, 0, 4, .. Varint(length - 9), .. Varint(length - 9), .. end]);
        yield return Regions("regions with a dictionary and no text", Corrupt, [2, 2, 1, 2, .. Varint(length - 1), .. MutationSamples.Text.Content]) with { ExtraTag = 0x20 };
    }

    /// <summary>A changed body in both containers.</summary>
    private static IEnumerable<MutationRecipe> Both(BodyChange change)
    {
        var (sample, name, code, body, extra) = change;
        var tag = (byte)(body[0] | extra);
        yield return Change(sample, $"large: {name}", code, parts => parts.Frames[0].Payload = [tag, .. body[1..]]);

        // Only in a small archive the tag has the profile.
        var kind = tag & 0xC0;
        var isCoded = kind != 0;
        byte[] names = [.. kind is 0x40 or 0xC0 ? Model : [], .. (tag & 0x20) != 0 ? new byte[4] : []];
        byte[] lengths = [.. Varint(sample.Content.Length), .. isCoded ? Varint(body.Length - 1) : []];
        byte[] head = [(byte)(tag | (isCoded ? Profile : 0)), .. names, .. lengths];
        yield return new(
            $"small: {name}", code, ArchiveForge.Small(head, body[1..], sample.Content), sample.Content, new DecompressOptions());
    }

    /// <summary>The first bytes of the model's identity.</summary>
    private static byte[] Model => ArchiveParts.Of(MutationSamples.Text.Archive).Header[1][2..];

    /// <summary>Tokens and payload of a body of text.</summary>
    private static (int Tokens, byte[] Coded) Split((byte[] Archive, byte[] Content) sample)
    {
        var body = ArchiveParts.Of(sample.Archive).Frames[0].Payload;
        Assert.Equal(TextTag, body[0]);
        Assert.InRange(body[1], 1, 127);
        return (body[1], body[2..]);
    }

    private static byte[] Varint(long value) => ArchiveForge.Varint(value);

    /// <summary>A body to put in place of that of a sample.</summary>
    private sealed record BodyChange(
        (byte[] Archive, byte[] Content) Sample, string Name, NacrithErrorCode? Code, byte[] Body, byte ExtraTag = 0);
}
