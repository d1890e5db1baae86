using static NacrithOnnx.NacrithErrorCode;

namespace NacrithOnnx.Tests.Reliability.Mutations;

/// <content>Section 5.1: the fields of a data frame.</content>
internal static partial class MutationCorpus
{
    private const int RegionsKey = 1;
    private const int TokensKey = 2;
    private const int StreamsKey = 3;
    private const int PrimerKey = 4;
    private const int TextLengthKey = 5;
    private const int BytesLengthKey = 6;

    private static IEnumerable<MutationRecipe> DataFrames()
    {
        var text = MutationSamples.Text.Content.Length;
        var bytes = MutationSamples.Bytes.Content.Length;
        var stored = MutationSamples.Sole.Content.Length;
        var tokens = (int)Value(MutationSamples.Text, TokensKey);
        var textPayload = (int)Value(MutationSamples.Text, TextLengthKey);
        var bytesPayload = (int)Value(MutationSamples.Bytes, BytesLengthKey);

        yield return Change(MutationSamples.Sole, "no content hash", Corrupt, parts => parts.Frames[0].Fields.Replace());
        yield return Stored(0, "content hash of 15 bytes", Corrupt, Binary(new byte[15]));
        yield return Stored(0, "content hash of 17 bytes", Corrupt, Binary(new byte[17]));
        yield return Stored(0, "content hash as str", Corrupt, Text(new string('a', 16)));
        yield return Stored(0, "another content hash", NacrithErrorCode.Checksum, Binary(new byte[16]));
        yield return Textual(0, "another content hash of text", NacrithErrorCode.Checksum, Binary(new byte[16]));
        yield return Coded(0, "another content hash of bytes", NacrithErrorCode.Checksum, Binary(new byte[16]));

        yield return Coded(RegionsKey, "no regions in the list", Corrupt, List());
        yield return Coded(RegionsKey, "a third of a region too little", Corrupt, List(1, 0));
        yield return Coded(RegionsKey, "a third of a region too much", Corrupt, List(1, 0, bytes, 1));
        yield return Coded(RegionsKey, "kind 3", Corrupt, List(3, 0, bytes));
        yield return Coded(RegionsKey, "kind −1", Corrupt, List(-1, 0, bytes));
        yield return Coded(RegionsKey, "transform −1", Corrupt, List(1, -1, bytes));
        yield return Coded(RegionsKey, "transform 65,536", Corrupt, List(1, 1 << 16, bytes));
        yield return Coded(RegionsKey, "transform of bytes", UnsupportedVersion, List(1, 1, bytes));
        yield return Coded(RegionsKey, "transform of a stored region", Corrupt, List(1, 0, bytes - 1, 2, 1, 1));
        yield return Coded(RegionsKey, "region of no bytes", Corrupt, List(1, 0, bytes, 1, 0, 0));
        yield return Coded(RegionsKey, "region of −1 byte", Corrupt, List(1, 0, bytes, 1, 0, -1));
        yield return Coded(RegionsKey, "regions as bin", Corrupt, Binary([1, 0, 1]));
        yield return Coded(RegionsKey, "2^26 bytes in regions, the payload being too short for them", Corrupt, List(1, 0, bytes, 1, 0, (1 << 26) - bytes));
        yield return Coded(RegionsKey, "2^26 + 1 bytes in regions", Corrupt, List(1, 0, bytes, 1, 0, (1 << 26) - bytes + 1));
        yield return Coded(RegionsKey, "regions one byte short of the content, which cost no bits", NacrithErrorCode.Checksum, List(1, 0, bytes - 1));
        yield return Coded(RegionsKey, "the same bytes in two regions", null, List(1, 0, 7, 1, 0, bytes - 7));
        yield return Coded(RegionsKey, "4,096 regions, of more bytes than there are", Corrupt, Regions(4096));
        yield return Coded(RegionsKey, "4,097 regions", Corrupt, Regions(4097));
        yield return Stored(RegionsKey, "the only region listed though it is stored", Corrupt, List(2, 0, stored));
        yield return Stored(RegionsKey, "two stored regions", null, List(2, 0, 1, 2, 0, stored - 1));
        yield return Stored(RegionsKey, "stored regions longer than the payload", Corrupt, List(2, 0, 1, 2, 0, stored));
        yield return Stored(RegionsKey, "stored regions shorter than the payload", Corrupt, List(2, 0, 1, 2, 0, stored - 2));
        yield return Textual(RegionsKey, "the same text in two regions", null, List(0, 0, 9, 0, 0, text - 9));
        yield return Textual(RegionsKey, "text one byte longer", Corrupt, List(0, 0, text + 1));
        yield return Textual(RegionsKey, "text one byte shorter", Corrupt, List(0, 0, text - 1));

        yield return Textual(TokensKey, "tokens −1", Corrupt, Int(-1));
        yield return Textual(TokensKey, "no tokens", Corrupt, Int(0));
        yield return Textual(TokensKey, "one token less", Corrupt, Int(tokens - 1));
        yield return Textual(TokensKey, "one token more", Corrupt, Int(tokens + 1));
        yield return Textual(TokensKey, "as many tokens as the bound allows", Corrupt, Int((2 * text) + 1024));
        yield return Textual(TokensKey, "one token more than the bound allows", Corrupt, Int((2 * text) + 1025));
        yield return Textual(TokensKey, "2^31 tokens", Corrupt, Int(1L << 31));
        yield return Textual(StreamsKey, "no streams", Corrupt, Int(0));
        yield return Textual(StreamsKey, "two streams", Corrupt, Int(2));
        yield return Textual(StreamsKey, "streams with 32,769 positions and more", LimitExceeded, Int(1024));
        yield return Textual(StreamsKey, "1,025 streams", Corrupt, Int(1025));
        yield return Textual(PrimerKey, "primer of −1", Corrupt, Int(-1));
        yield return Textual(PrimerKey, "primer of one token, which is the first anyway", null, Int(1));
        yield return Textual(PrimerKey, "primer of all tokens", null, Int(tokens));
        yield return Textual(PrimerKey, "primer of a token more than there are", Corrupt, Int(tokens + 1));
        yield return Textual(PrimerKey, "primer of as many tokens as a window has positions", Corrupt, Int(1024));
        yield return Textual(PrimerKey, "primer beyond the bound", Corrupt, Int((1 << 20) + 1));
        yield return Textual(TextLengthKey, "text section one byte shorter than the payload", Corrupt, Int(textPayload - 1));
        yield return Textual(TextLengthKey, "text section one byte longer than the payload", Corrupt, Int(textPayload + 1));
        yield return Textual(TextLengthKey, "text section beyond the bound", Corrupt, Int(LongestPayload + 1));
        yield return Textual(BytesLengthKey, "bytes section where there are none", Corrupt, Int(0));
        yield return Coded(BytesLengthKey, "bytes section one byte shorter than the payload", Corrupt, Int(bytesPayload - 1));
        yield return Coded(BytesLengthKey, "bytes section one byte longer than the payload", Corrupt, Int(bytesPayload + 1));
        yield return Coded(BytesLengthKey, "bytes section beyond the bound", Corrupt, Int(LongestPayload + 1));
        yield return Coded(TokensKey, "tokens without text", Corrupt, Int(0));
        yield return Coded(StreamsKey, "streams without text", Corrupt, Int(1));
        yield return Coded(PrimerKey, "primer without text", Corrupt, Int(0));
        yield return Coded(TextLengthKey, "text section without text", Corrupt, Int(0));
        yield return Stored(TokensKey, "tokens of a stored frame", Corrupt, Int(0));
        foreach (var key in (int[])[TokensKey, StreamsKey, PrimerKey, TextLengthKey])
        {
            yield return Change(MutationSamples.Text, $"text frame without field {key}", Corrupt, parts => parts.Frames[0].Fields.Remove(key));
        }

        yield return Change(MutationSamples.Bytes, "bytes frame without field 6", Corrupt, parts => parts.Frames[0].Fields.Remove(BytesLengthKey));
        yield return Change(MutationSamples.Bytes, "bytes frame without its regions", Corrupt, parts => parts.Frames[0].Fields.Remove(RegionsKey));
        yield return Textual(7, "unknown field 7 of a frame", UnsupportedVersion, 0);
        yield return Stored(63, "unknown field 63 of a frame", UnsupportedVersion, 0);
        yield return Stored(64, "unknown field 64 of a frame", null, 0);
        yield return Textual(127, "unknown field 127 of a frame", null, 0x91, 0);
        yield return Change(MutationSamples.Text, "a field of a frame twice", Corrupt, parts => parts.Frames[0].Fields.Append(TextLengthKey, Int(textPayload)));

        byte[] Regions(int count) =>
            List([.. Enumerable.Range(0, count).SelectMany(region => (long[])[1, 0, region == 0 ? Math.Max(1, bytes - count + 1) : 1])]);

        static MutationRecipe Stored(int key, string name, NacrithErrorCode? code, params byte[] value) =>
            Field(MutationSamples.Sole, key, name, code, value);

        static MutationRecipe Textual(int key, string name, NacrithErrorCode? code, params byte[] value) =>
            Field(MutationSamples.Text, key, name, code, value);

        static MutationRecipe Coded(int key, string name, NacrithErrorCode? code, params byte[] value) =>
            Field(MutationSamples.Bytes, key, name, code, value);
    }

    private static MutationRecipe Field(
        (byte[] Archive, byte[] Content) sample, int key, string name, NacrithErrorCode? code, byte[] value) =>
        Change(sample, name, code, parts => parts.Frames[0].Fields.Set(key, value));

    /// <summary>The number in a field of the first frame, below 65,536.</summary>
    private static long Value((byte[] Archive, byte[] Content) sample, int key)
    {
        var value = ArchiveParts.Of(sample.Archive).Frames[0].Fields[key];
        return value.Skip(value.Length > 1 ? 1 : 0).Aggregate(0L, (number, digit) => (number << 8) | digit);
    }

    private static byte[] List(params long[] numbers) =>
    [
        .. numbers.Length < 16 ? (byte[])[(byte)(0x90 + numbers.Length)] : [0xDC, (byte)(numbers.Length >> 8), (byte)numbers.Length],
        .. numbers.SelectMany(Int),
    ];
}
