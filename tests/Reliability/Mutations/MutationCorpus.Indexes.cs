using static NacrithOnnx.NacrithErrorCode;

namespace NacrithOnnx.Tests.Reliability.Mutations;

/// <content>Sections 5.2, 5.3 and 6: index, end and footer.</content>
internal static partial class MutationCorpus
{
    private const int EntryLength = 16;

    private static IEnumerable<MutationRecipe> Indexes()
    {
        for (var number = 0; number < 4; number++)
        {
            var what = $"{(number % 2 == 0 ? "offset" : "start")} of index entry {number / 2}";
            var place = number * sizeof(long);
            yield return Index($"{what} one less", payload => Add(payload, place, -1));
            yield return Index($"{what} one more", payload => Add(payload, place, 1));
            yield return Index($"{what} negative", payload => Add(payload, place, long.MinValue));
        }

        yield return Index("index entries exchanged", payload => [.. payload[EntryLength..], .. payload[..EntryLength]]);
        yield return Index("an index entry less", payload => payload[..EntryLength]);
        yield return Index("an index entry more", payload => [.. payload, .. payload[EntryLength..]]);
        yield return Index("half an index entry less", payload => payload[..^8]);
        yield return Index("an index without entries", _ => []);
        yield return Change(MutationSamples.Indexed, "index twice", Corrupt, parts => parts.Frames.Insert(3, parts.FixIndex().Index));
        yield return Change(MutationSamples.Indexed, "index before the data", Corrupt, parts => parts.Frames.Reverse(0, 3));
        yield return Change(MutationSamples.Indexed, "no index, but its footer", Corrupt, parts => parts.Frames.Remove(parts.FixIndex().Index));
        yield return Change(
            MutationSamples.Indexed, "no index and no footer", null,
            parts =>
            {
                var (index, end) = parts.FixIndex();
                parts.Frames.Remove(index);
                end.Payload = [];
            });
        yield return Change(MutationSamples.Indexed, "index head checksum wrong", Corrupt, parts => parts.Frames[2].HeadDamage = 1);
        yield return Change(MutationSamples.Indexed, "index payload checksum wrong", Corrupt, parts => parts.Frames[2].PayloadDamage = 1);
        yield return Change(MutationSamples.Indexed, "unknown field 0 of the index", UnsupportedVersion, parts => parts.Frames[2].Fields.Set(0, 0));
        yield return Change(MutationSamples.Indexed, "unknown field 64 of the index", null, parts => parts.Frames[2].Fields.Set(64, 0));

        static MutationRecipe Index(string name, Func<byte[], byte[]> change) => Change(
            MutationSamples.Indexed, name, Corrupt,
            parts =>
            {
                var index = parts.FixIndex().Index;
                index.Payload = change(index.Payload);
            });
    }

    private static IEnumerable<MutationRecipe> Ends()
    {
        var length = MutationSamples.Indexed.Content.Length;
        yield return End(0, "total length −1", Corrupt, 0xFF);
        yield return End(0, "total length one less", Corrupt, Int(length - 1));
        yield return End(0, "total length one more", Corrupt, Int(length + 1));
        yield return End(1, "count of frames −1", Corrupt, 0xFF);
        yield return End(1, "a frame less counted", Corrupt, 1);
        yield return End(1, "a frame more counted", Corrupt, 3);
        yield return End(2, "hash of the whole content of 31 bytes", Corrupt, Binary(new byte[31]));
        yield return End(2, "another hash of the whole content", NacrithErrorCode.Checksum, Binary(new byte[32]));
        yield return End(3, "unknown field 3 of the end", UnsupportedVersion, 0);
        yield return End(64, "unknown field 64 of the end", null, 0);
        for (var key = 0; key <= 2; key++)
        {
            var absent = key;
            yield return Change(MutationSamples.Indexed, $"end without field {key}", Corrupt, parts => parts.Frames[3].Fields.Remove(absent));
        }

        yield return Change(MutationSamples.Indexed, "end twice", Corrupt, parts => parts.Frames.Add(parts.FixIndex().End));
        yield return Change(MutationSamples.Indexed, "no end and no index", Truncated, parts => parts.Frames.RemoveRange(2, 2));
        yield return Change(MutationSamples.Indexed, "end head checksum wrong", Corrupt, parts => parts.Frames[3].HeadDamage = 1);
        yield return Change(MutationSamples.Indexed, "footer checksum wrong", Corrupt, parts => parts.Frames[3].PayloadDamage = 1);
        yield return Footer("footer missing", _ => []);
        yield return Footer("footer of 23 bytes", footer => footer[..^1]);
        yield return Footer("footer with other magic", footer => Flip(footer, 23));
        yield return Footer("footer: index one byte nearer", footer => Add(footer, 0, -1));
        yield return Footer("footer: index one byte farther", footer => Add(footer, 0, 1));
        yield return Footer("footer: index behind the end", footer => Add(footer, 0, long.MinValue));
        yield return Footer("footer: archive one byte shorter", footer => Add(footer, sizeof(long), -1));
        yield return Footer("footer: archive one byte longer", footer => Add(footer, sizeof(long), 1));
        yield return Footer("footer: archive of negative length", footer => Add(footer, sizeof(long), long.MinValue));
        yield return Change(
            MutationSamples.Skipping, "a payload in the end without an index", Corrupt, parts => parts.Frames[^1].Payload = [1]);

        static MutationRecipe End(int key, string name, NacrithErrorCode? code, params byte[] value) =>
            Change(MutationSamples.Indexed, name, code, parts => parts.Frames[3].Fields.Set(key, value));

        static MutationRecipe Footer(string name, Func<byte[], byte[]> change) => Change(
            MutationSamples.Indexed, name, Corrupt,
            parts =>
            {
                var end = parts.FixIndex().End;
                end.Payload = change(end.Payload);
            });
    }

    /// <summary>The bytes with an addition to the little-endian 64-bit number at a place.</summary>
    private static byte[] Add(byte[] bytes, int place, long addition)
    {
        byte[] sum = [.. bytes];
        BitConverter.TryWriteBytes(sum.AsSpan(place), BitConverter.ToInt64(bytes, place) + addition);
        return sum;
    }
}
