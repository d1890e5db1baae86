using NacrithOnnx.Tests.Support;
using static NacrithOnnx.NacrithErrorCode;

namespace NacrithOnnx.Tests.Reliability.Mutations;

/// <content>Sections 3 and 5: types, lengths and checksums of frames, and their order.</content>
internal static partial class MutationCorpus
{
    private const long LongestPayload = (1 << 26) + (1 << 16);

    private static IEnumerable<MutationRecipe> Frames()
    {
        foreach (var type in (byte[])[0x00, 0x04, 0x3F, 0x50, 0xFF])
        {
            yield return Plain($"frame of type {type:X2}", UnsupportedVersion, frame => frame.Type = type);
        }

        yield return Plain("head checksum wrong", Corrupt, frame => frame.HeadDamage = 1);
        yield return Plain("unknown type and a wrong checksum", Corrupt, frame => (frame.Type, frame.HeadDamage) = (4, 1));
        yield return Plain("payload checksum wrong", Corrupt, frame => frame.PayloadDamage = 0x80);
        yield return Plain("map length in one byte more", Corrupt, frame => frame.MapLength = [(byte)(0x80 + frame.Fields.Bytes.Length), 0]);
        yield return Plain("map length beyond the bound", Corrupt, frame => frame.MapLength = ArchiveForge.Varint(LongestHeader + 1));
        yield return Plain("map length beyond the input", Truncated, frame => frame.MapLength = ArchiveForge.Varint(LongestHeader));
        yield return Plain("map length one less", Corrupt, frame => frame.MapLength = ArchiveForge.Varint(frame.Fields.Bytes.Length - 1));
        yield return Plain("payload length in one byte more", Corrupt, frame => frame.PayloadLength = [(byte)(0x80 + frame.Payload.Length), 0]);
        yield return Plain("payload length without end", Corrupt, frame => frame.PayloadLength = [.. Enumerable.Repeat<byte>(0xFF, 9), 1]);
        yield return Plain("payload length one less", Corrupt, frame => frame.PayloadLength = ArchiveForge.Varint(frame.Payload.Length - 1));
        yield return Plain("payload length one more", Corrupt, frame => frame.PayloadLength = ArchiveForge.Varint(frame.Payload.Length + 1));
        yield return Plain("payload beyond the bound", Corrupt, frame => frame.PayloadLength = ArchiveForge.Varint(LongestPayload + 1));
        yield return Plain("payload of 2^63−1 bytes", Corrupt, frame => frame.PayloadLength = ArchiveForge.Varint(long.MaxValue));
        yield return Change(MutationSamples.Plain, "data frame alone without end", Truncated, parts => parts.Frames.RemoveAt(1));

        yield return Change(MutationSamples.Indexed, "a data frame twice", Corrupt, parts => parts.Frames.Insert(0, parts.Frames[0]));
        yield return Change(MutationSamples.Indexed, "a data frame less", Corrupt, parts => parts.Frames.RemoveAt(1));
        yield return Change(MutationSamples.Indexed, Exchanged, NacrithErrorCode.Checksum, parts => parts.Frames.Reverse(0, 2));
        yield return Change(MutationSamples.Indexed, "a data frame after the index", Corrupt, parts => parts.Frames.Reverse(1, 2));
        yield return Change(MutationSamples.Indexed, "a data frame without content", Corrupt, parts => parts.Frames.Insert(1, Stored([])));
        yield return Change(MutationSamples.Indexed, "a frame after the end", Corrupt, parts => parts.Frames.Add(parts.Frames[0]));

        yield return Skippable("map that is not MessagePack", null, frame => frame.Fields.Replace(0xC1, 0xFF));
        yield return Skippable("no payload", null, frame => frame.Payload = []);
        yield return Skippable("another skippable type", null, frame => frame.Type = 0x4F);
        yield return Skippable("head checksum wrong", Corrupt, frame => frame.HeadDamage = 1);
        yield return Skippable("payload checksum wrong", Corrupt, frame => frame.PayloadDamage = 1);
        yield return Skippable("payload of 2^40 bytes", Truncated, frame => frame.PayloadLength = ArchiveForge.Varint(1L << 40));
        yield return Skippable("payload of 2^63−1 bytes", Truncated, frame => frame.PayloadLength = ArchiveForge.Varint(long.MaxValue));
        yield return Change(MutationSamples.Skipping, "a skippable frame less", null, parts => parts.Frames.RemoveAt(0));
        yield return Change(MutationSamples.Skipping, "a skippable frame after the end", Corrupt, parts => parts.Frames.Add(parts.Frames[0]));
        yield return Change(
            MutationSamples.Indexed, "skippable frames around the index", null,
            parts =>
            {
                parts.Frames.Insert(3, Skipped([]));
                parts.Frames.Insert(2, Skipped([1, 2, 3]));
            });

        static MutationRecipe Plain(string name, NacrithErrorCode? code, Action<FrameParts> change) =>
            Change(MutationSamples.Plain, name, code, parts => change(parts.Frames[0]));

        static MutationRecipe Skippable(string name, NacrithErrorCode? code, Action<FrameParts> change) =>
            Change(MutationSamples.Skipping, $"skippable frame: {name}", code, parts => change(parts.Frames[0]));
    }

    private static FrameParts Stored(byte[] content) =>
        new() { Type = 1, Fields = new FieldList(ArchiveForge.DataMap(content)), Payload = [0, .. content] };

    private static FrameParts Skipped(byte[] payload) => new() { Type = 0x47, Fields = new FieldList([]), Payload = payload };
}
