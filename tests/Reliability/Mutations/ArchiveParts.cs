using NacrithOnnx.Tests.Support;

namespace NacrithOnnx.Tests.Reliability.Mutations;

/// <summary>
/// A parsed archive. After a change to one part, it is written again with correct lengths, checksums, index and footer,
/// except where the change sets them.
/// </summary>
internal sealed class ArchiveParts
{
    private const byte Index = 2;
    private const byte End = 3;
    private const byte FirstSkippable = 0x40;
    private const int MagicLength = 8;
    private const int ChecksumLength = 8;
    private const int FooterLength = 24;

    private ArchiveParts(FieldList header)
    {
        Header = header;
    }

    public byte Major { get; set; } = 1;

    public byte Flags { get; set; }

    public FieldList Header { get; }

    /// <summary>Length to write for the header's map, if not the correct one.</summary>
    public byte[]? MapLength { get; set; }

    /// <summary>Bits of the header's checksum to flip.</summary>
    public byte HeadDamage { get; set; }

    public List<FrameParts> Frames { get; } = [];

    /// <summary>Whether index and footer are rebuilt; false once either has been changed.</summary>
    private bool IsIndexed { get; set; } = true;

    /// <summary>Parses a single archive.</summary>
    public static ArchiveParts Of(byte[] archive)
    {
        var at = MagicLength + 2;
        var length = Varint(archive, ref at);
        var parts = new ArchiveParts(new FieldList(archive[at..(at + length)]));
        at += length + ChecksumLength;
        while (at < archive.Length)
        {
            var type = archive[at++];
            var mapLength = Varint(archive, ref at);
            var payloadLength = Varint(archive, ref at);
            var map = archive[at..(at + mapLength)];
            at += mapLength + ChecksumLength;
            var payload = archive[at..(at + payloadLength)];
            at += payloadLength + (payloadLength > 0 ? ChecksumLength : 0);
            parts.Frames.Add(new FrameParts { Type = type, Fields = Fields(type, map), Payload = payload });
        }

        return parts;
    }

    /// <summary>Rebuilds index and footer for the current frames, for the last time.</summary>
    /// <returns>The index frame and the end frame.</returns>
    public (FrameParts Index, FrameParts End) FixIndex()
    {
        Assemble();
        IsIndexed = false;
        return (Frames.Single(frame => frame.Type == Index), Frames[^1]);
    }

    /// <summary>The archive.</summary>
    public byte[] Assemble()
    {
        if (IsIndexed && Frames.Find(frame => frame.Type == Index) is { } index)
        {
            // The length of both does not depend on their values, so offsets are known before they are written.
            var places = Places();
            long start = 0;
            var entries = new List<byte>();
            // Every body here is stored: a tag and the content.
            foreach (var (frame, place) in Frames.Zip(places).Where(pair => pair.First.Type == 1))
            {
                entries.AddRange([.. BitConverter.GetBytes((long)place), .. BitConverter.GetBytes(start)]);
                start += frame.Payload.Length - 1;
            }

            index.Payload = [.. entries];
            if (Frames[^1].Type == End)
            {
                Frames[^1].Payload = new byte[FooterLength];
                places = Places();
                long length = places[^1];
                Frames[^1].Payload =
                    [.. BitConverter.GetBytes(length - places[Frames.IndexOf(index)]), .. BitConverter.GetBytes(length), .. "NCXINDEX"u8];
            }
        }

        return Write().Bytes;
    }

    /// <summary>Where each frame begins, and where the archive ends.</summary>
    private List<int> Places()
    {
        var places = new List<int>();
        places.Add(Write(places).Length);
        return places;
    }

    private ArchiveForge Write(List<int>? places = null)
    {
        var forge = new ArchiveForge();
        var map = Header.Bytes;
        byte[] magic = [0x89, 0x4E, 0x43, 0x58, 0x0D, 0x0A, 0x1A, 0x0A];
        Head(forge, [.. magic, Major, Flags, .. MapLength ?? ArchiveForge.Varint(map.Length), .. map], HeadDamage);
        foreach (var frame in Frames)
        {
            places?.Add(forge.Length);
            map = frame.Fields.Bytes;
            var payloadLength = frame.PayloadLength ?? ArchiveForge.Varint(frame.Payload.Length);
            Head(forge, [frame.Type, .. frame.MapLength ?? ArchiveForge.Varint(map.Length), .. payloadLength, .. map], frame.HeadDamage);
            if (frame.Payload.Length > 0)
            {
                Head(forge, frame.Payload, frame.PayloadDamage);
            }
        }

        return forge;
    }

    private static void Head(ArchiveForge forge, byte[] bytes, byte damage)
    {
        var checksum = ArchiveForge.Hash(bytes);
        checksum[^1] ^= damage;
        forge.Append(bytes, checksum);
    }

    /// <summary>The header of a frame from another program need not be a map.</summary>
    private static FieldList Fields(byte type, byte[] map)
    {
        var fields = new FieldList(type < FirstSkippable ? map : []);
        if (type >= FirstSkippable)
        {
            fields.Replace(map);
        }

        return fields;
    }

    private static int Varint(byte[] bytes, ref int at)
    {
        var value = 0;
        for (var shift = 0; ; shift += 7)
        {
            var next = bytes[at++];
            value |= (next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }
    }
}
