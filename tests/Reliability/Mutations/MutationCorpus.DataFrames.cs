using static NacrithOnnx.NacrithErrorCode;

namespace NacrithOnnx.Tests.Reliability.Mutations;

/// <content>The map of a data frame.</content>
internal static partial class MutationCorpus
{
    private const int ContentLengthKey = 0;
    private const int CheckKey = 1;

    private static IEnumerable<MutationRecipe> DataFrames()
    {
        var stored = MutationSamples.Plain.Content.Length;
        var text = MutationSamples.Text.Content.Length;
        var bytes = MutationSamples.Bytes.Content.Length;
        yield return Change(MutationSamples.Plain, "no map of a data frame", Corrupt, parts => parts.Frames[0].Fields.Replace());
        yield return Change(MutationSamples.Plain, "no content length", Corrupt, parts => parts.Frames[0].Fields.Remove(ContentLengthKey));
        yield return Change(MutationSamples.Plain, "no content check", Corrupt, parts => parts.Frames[0].Fields.Remove(CheckKey));
        yield return Field(MutationSamples.Plain, ContentLengthKey, "content of no bytes", Corrupt, Int(0));
        yield return Field(MutationSamples.Plain, ContentLengthKey, "content of −1 byte", Corrupt, Int(-1));
        yield return Field(MutationSamples.Plain, ContentLengthKey, "content a byte longer than is stored", Corrupt, Int(stored + 1));
        yield return Field(MutationSamples.Plain, ContentLengthKey, "content a byte shorter than is stored", Corrupt, Int(stored - 1));
        yield return Field(MutationSamples.Plain, ContentLengthKey, "content beyond the bound", Corrupt, Int((1 << 26) + 1));
        yield return Field(MutationSamples.Text, ContentLengthKey, "text a byte longer", Corrupt, Int(text + 1));
        yield return Field(MutationSamples.Text, ContentLengthKey, "text a byte shorter", Corrupt, Int(text - 1));
        yield return Field(MutationSamples.Text, ContentLengthKey, "text of the most bytes", Corrupt, Int(1 << 26));
        yield return Field(MutationSamples.Bytes, ContentLengthKey, "coded bytes of the most bytes", Corrupt, Int(1 << 26));
        yield return Field(MutationSamples.Bytes, ContentLengthKey, "coded bytes a byte shorter, which costs no bits", NacrithErrorCode.Checksum, Int(bytes - 1));
        yield return Field(MutationSamples.Plain, CheckKey, "content check of 7 bytes", Corrupt, Binary(new byte[7]));
        yield return Field(MutationSamples.Plain, CheckKey, "content check of 9 bytes", Corrupt, Binary(new byte[9]));
        yield return Field(MutationSamples.Plain, CheckKey, "content check as str", Corrupt, Text("12345678"));
        foreach (var (sample, what) in new[] { (MutationSamples.Plain, "stored bytes"), (MutationSamples.Text, "text"), (MutationSamples.Bytes, "coded bytes") })
        {
            yield return Field(sample, CheckKey, $"another check of {what}", NacrithErrorCode.Checksum, Binary(new byte[8]));
        }

        yield return Field(MutationSamples.Text, 2, "unknown field 2 of a frame", UnsupportedVersion, [0]);
        yield return Field(MutationSamples.Plain, 63, "unknown field 63 of a frame", UnsupportedVersion, [0]);
        yield return Field(MutationSamples.Plain, 64, "unknown field 64 of a frame", null, [0]);
        yield return Field(MutationSamples.Text, 127, "unknown field 127 of a frame", null, [0x91, 0]);
        yield return Change(MutationSamples.Text, "a field of a frame twice", Corrupt, parts => parts.Frames[0].Fields.Append(CheckKey, Binary(new byte[8])));
    }

    private static MutationRecipe Field(
        (byte[] Archive, byte[] Content) sample, int key, string name, NacrithErrorCode? code, byte[] value) =>
        Change(sample, name, code, parts => parts.Frames[0].Fields.Set(key, value));
}
