using NacrithOnnx.Tests.Support;
using static NacrithOnnx.NacrithErrorCode;

namespace NacrithOnnx.Tests.Reliability.Mutations;

/// <content>Sections 12 to 16 and docs/byte-coder.md: what stands in a payload.</content>
internal static partial class MutationCorpus
{
    private static IEnumerable<MutationRecipe> Sections()
    {
        yield return Tokens("nothing", Corrupt, _ => []);
        yield return Tokens("a byte less", Corrupt, payload => payload[..^1]);
        yield return Tokens("a byte more", Corrupt, payload => [.. payload, 0]);
        yield return Tokens("first byte changed", Corrupt, payload => Flip(payload, 0));
        yield return Tokens("last byte changed", Corrupt, payload => Flip(payload, payload.Length - 1));
        yield return Tokens("as if every token were the last one", Corrupt, payload => [.. payload.Select(_ => (byte)0xFF)]);
        yield return Tokens("as if every token were the first one", Corrupt, payload => new byte[payload.Length]);

        yield return Change(MutationSamples.Transformed, "length of a transformed region one less", Corrupt, parts => Lengthen(parts, -1));
        yield return Change(MutationSamples.Transformed, "length of a transformed region one more", Corrupt, parts => Lengthen(parts, 1));
        yield return Change(
            MutationSamples.Transformed, "length of a transformed region above three times the original", Corrupt,
            parts => Lengthen(parts, 3 * MutationSamples.Transformed.Content.Length));
        yield return Change(
            MutationSamples.Transformed, "length of a transformed region in a byte more", Corrupt,
            parts => SetLength(parts, length => [.. length[..^1], (byte)(length[^1] | 0x80), 0]));
        yield return Change(
            MutationSamples.Transformed, "text section that ends in a length", Corrupt,
            parts => SetPayload(parts, TextLengthKey, payload => [(byte)(payload[0] | 0x80)]));
        yield return Transform("an unknown transform", UnsupportedVersion, 133);
        yield return Transform("all unknown transforms", UnsupportedVersion, 0xC0);
        yield return Transform("two encodings at once", Corrupt, 3);
        yield return Transform("UTF-16 in an odd number of bytes, or not of that length", Corrupt, 1);
        yield return Transform("Windows-1252, whose length is right but bytes are not", null, 4);
        yield return Transform("a mark that makes the text too long", Corrupt, 8);
        yield return Transform("line ends that make the text too long", Corrupt, 16);
        yield return Transform("entities that make the text too long", Corrupt, 32);

        yield return Coder("nothing", Corrupt, _ => []);
        yield return Coder("no more than its first byte", Corrupt, payload => payload[..1]);
        yield return Coder("unknown transform", Corrupt, payload => [2, .. payload[1..]]);
        yield return Coder("the other transform, which finds nothing to do", null, payload => [1, .. payload[1..]]);
        yield return Coder("a byte less, which ends another content as well", NacrithErrorCode.Checksum, payload => payload[..^1]);
        yield return Coder("a byte more", Corrupt, payload => [.. payload, 0]);
        yield return Coder("second byte changed", Corrupt, payload => Flip(payload, 1));
        yield return Coder("last byte changed", Corrupt, payload => Flip(payload, payload.Length - 1));
    }

    private static MutationRecipe Tokens(string name, NacrithErrorCode? code, Func<byte[], byte[]> change) =>
        Change(MutationSamples.Text, $"coded text: {name}", code, parts => SetPayload(parts, TextLengthKey, change));

    private static MutationRecipe Coder(string name, NacrithErrorCode? code, Func<byte[], byte[]> change) =>
        Change(MutationSamples.Bytes, $"coded bytes: {name}", code, parts => SetPayload(parts, BytesLengthKey, change));

    /// <summary>Gives text that was coded as it is a transform, and the length that a transformed region has.</summary>
    private static MutationRecipe Transform(string name, NacrithErrorCode? code, int transform) => Change(
        MutationSamples.Text, name, code,
        parts =>
        {
            var length = MutationSamples.Text.Content.Length;
            parts.Frames[0].Fields.Set(RegionsKey, List(0, transform, length));
            SetPayload(parts, TextLengthKey, payload => [.. ArchiveForge.Varint(length), .. payload]);
        });

    private static void Lengthen(ArchiveParts parts, int more) => SetLength(
        parts, length => ArchiveForge.Varint(length.Select((digit, place) => (digit & 0x7F) << (7 * place)).Sum() + more));

    /// <summary>Changes the varint at the head of a text section.</summary>
    private static void SetLength(ArchiveParts parts, Func<byte[], byte[]> change) => SetPayload(
        parts, TextLengthKey,
        payload =>
        {
            var end = Array.FindIndex(payload, digit => digit < 0x80) + 1;
            return [.. change(payload[..end]), .. payload[end..]];
        });

    private static void SetPayload(ArchiveParts parts, int lengthKey, Func<byte[], byte[]> change)
    {
        var frame = parts.Frames[0];
        frame.Payload = change(frame.Payload);
        frame.Fields.Set(lengthKey, Int(frame.Payload.Length));
    }
}
