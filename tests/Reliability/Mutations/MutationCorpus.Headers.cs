using NacrithOnnx.Tests.Support;
using static NacrithOnnx.NacrithErrorCode;

namespace NacrithOnnx.Tests.Reliability.Mutations;

/// <content>Section 4: version, flags and fields 0 to 5 of an archive header.</content>
internal static partial class MutationCorpus
{
    private const int LongestHeader = 1 << 16;

    private static IEnumerable<MutationRecipe> Headers()
    {
        foreach (var major in (byte[])[0, 2, 255])
        {
            yield return Change(MutationSamples.Plain, $"major version {major}", UnsupportedVersion, parts => parts.Major = major);
        }

        for (var bit = 0; bit < 8; bit++)
        {
            var flag = (byte)(1 << bit);
            yield return Change(MutationSamples.Plain, $"flags {flag:X2}", UnsupportedVersion, parts => parts.Flags = flag);
        }

        yield return Change(MutationSamples.Plain, "header checksum wrong", Corrupt, parts => parts.HeadDamage = 1);
        yield return Change(MutationSamples.Plain, "major version 2 and a wrong checksum", Corrupt, parts => (parts.Major, parts.HeadDamage) = (2, 1));
        yield return Change(MutationSamples.Plain, "a flag and a wrong checksum", Corrupt, parts => (parts.Flags, parts.HeadDamage) = (1, 1));
        yield return Change(MutationSamples.Plain, "header length 0 in two bytes", Corrupt, parts => parts.MapLength = [0x80, 0]);
        yield return Change(MutationSamples.Plain, "header length without end", Corrupt, parts => parts.MapLength = [.. Enumerable.Repeat<byte>(0xFF, 9), 1]);
        yield return Change(MutationSamples.Plain, "header length beyond the bound", Corrupt, parts => parts.MapLength = ArchiveForge.Varint(LongestHeader + 1));
        yield return Change(MutationSamples.Plain, "header length beyond the input", Truncated, parts => parts.MapLength = ArchiveForge.Varint(LongestHeader));
        yield return Change(MutationSamples.Text, "header length one less", Corrupt, parts => parts.MapLength = ArchiveForge.Varint(parts.Header.Bytes.Length - 1));

        yield return Header(0, "minor version 0", Corrupt, 0);
        yield return Header(0, "minor version 1", null, 1);
        yield return Header(0, "minor version 2^31−1", null, 0xCE, 0x7F, 0xFF, 0xFF, 0xFF);
        yield return Header(0, "minor version 2^31", Corrupt, 0xCE, 0x80, 0, 0, 0);
        yield return Header(0, "minor version −1", Corrupt, 0xFF);
        yield return Header(0, "minor version as str", Corrupt, Text("1"));
        yield return Header(1, "model of 3 bytes", Corrupt, Binary(new byte[3]));
        yield return Header(1, "model of 5 bytes", Corrupt, Binary(new byte[5]));
        yield return Header(1, "model as str", Corrupt, Text("abcd"));
        yield return Header(1, "another model", ModelMismatch, Binary(new byte[4]));
        yield return Header(2, "dictionary of 3 bytes", Corrupt, Binary(new byte[3]));
        yield return Header(2, "dictionary as str", Corrupt, Text("abcd"));
        yield return Header(2, "a dictionary that is not given", DictionaryMismatch, Binary([1, 2, 3, 4]));
        yield return Change(
            MutationSamples.Bytes, "a dictionary that is not given, and no text", null,
            parts =>
            {
                parts.Header.Set(1, Binary(new byte[4]));
                parts.Header.Set(2, Binary(new byte[4]));
            });
        yield return Change(MutationSamples.Plain, "a dictionary and no model", Corrupt, parts => parts.Header.Set(2, Binary(new byte[4])));
        yield return Header(3, "profile 0", Corrupt, 0);
        yield return Header(3, "profile −1", Corrupt, 0xFF);
        yield return Header(3, "profile 5", UnsupportedVersion, 5);
        yield return Header(3, "profile 15", UnsupportedVersion, 15);
        yield return Header(3, "profile 255", UnsupportedVersion, 0xCC, 255);
        yield return Header(3, "profile 256", Corrupt, 0xCD, 1, 0);
        yield return Header(3, "profile as str", Corrupt, Text("2"));
        yield return Header(3, "another profile", Corrupt, 1);
        yield return Header(3, "a profile of another plan, whose graph the model hash does not fit", ModelMismatch, 4);
        yield return Change(MutationSamples.Text, "text and no parameters", Corrupt, parts => parts.Header.Remove(3));
        yield return Change(MutationSamples.Bytes, "coded bytes and no parameters", Corrupt, parts => parts.Header.Remove(3));
        yield return Change(MutationSamples.Plain, "stored content and a profile", null, parts => parts.Header.Set(3, 2));
        yield return Change(MutationSamples.Plain, "stored content and an unknown profile", UnsupportedVersion, parts => parts.Header.Set(3, 14));
        yield return Change(MutationSamples.Text, "text and no model named", Corrupt, parts => parts.Header.Remove(1));
        yield return Change(MutationSamples.Bytes, "no text and a model", null, parts => parts.Header.Set(1, Binary(new byte[4])));

        yield return Header(4, "level 0", Corrupt, 0);
        yield return Header(4, "level 255", null, 0xCC, 255);
        yield return Header(4, "level 256", Corrupt, 0xCD, 1, 0);
        yield return Header(4, "level −1", Corrupt, 0xFF);
        foreach (var error in (int[])[-1, 0, 1])
        {
            yield return Change(
                MutationSamples.Indexed, $"content length {error:+0;-0;0} in the header", error == 0 ? null : Corrupt,
                parts => parts.Header.Set(5, Int(MutationSamples.Indexed.Content.Length + error)));
        }

        yield return Header(5, "content length −1", Corrupt, 0xFF);
        yield return Header(5, "content length 2^63", Corrupt, 0xCF, 0x80, 0, 0, 0, 0, 0, 0, 0);
        yield return Header(5, "content length 2^63−1", Corrupt, 0xCF, 0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF);
        yield return Change(
            MutationSamples.Plain, "content length beyond the output that is allowed", LimitExceeded,
            parts => parts.Header.Set(5, Int(1000)), new DecompressOptions { MaxOutput = 999 });

        yield return Header(7, "unknown field 7", UnsupportedVersion, 0);
        yield return Header(63, "unknown field 63", UnsupportedVersion, 0);
        yield return Header(64, "unknown field 64", null, 0);
        yield return Header(127, "unknown field 127", null, 0);
        yield return Change(MutationSamples.Plain, "field 128", Corrupt, parts => parts.Header.Replace(0x81, 0xCC, 128, 0));
        yield return Change(MutationSamples.Plain, "field −1", Corrupt, parts => parts.Header.Replace(0x81, 0xFF, 0));
        yield return Change(MutationSamples.Plain, "a field named by a str", Corrupt, parts => parts.Header.Replace(0x81, 0xA1, (byte)'4', 1));
        yield return Change(MutationSamples.Text, "a field twice", Corrupt, parts => parts.Header.Append(4, 1));
        yield return Change(MutationSamples.Text, "fields out of order", Corrupt, parts => parts.Header.Append(0, 1));
    }

    /// <summary>An archive of text with another value of a field of its header.</summary>
    private static MutationRecipe Header(int key, string name, NacrithErrorCode? code, params byte[] value) =>
        Change(MutationSamples.Text, name, code, parts => parts.Header.Set(key, value));
}
