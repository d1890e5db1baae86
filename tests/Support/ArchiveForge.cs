using System.Security.Cryptography;

namespace NacrithOnnx.Tests.Support;

/// <summary>
/// Builds archives with valid checksums around any content, including content that no writer produces: hostile files.
/// </summary>
internal sealed class ArchiveForge
{
    private readonly List<byte> _bytes = [];

    /// <summary>The archive so far.</summary>
    public byte[] Bytes => [.. _bytes];

    /// <summary>Bytes so far.</summary>
    public int Length => _bytes.Count;

    /// <summary>Appends an archive header.</summary>
    public ArchiveForge Header(byte[] map, byte major = 1, byte flags = 0)
    {
        byte[] head = [0x89, 0x4E, 0x43, 0x58, 0x0D, 0x0A, 0x1A, 0x0A, major, flags, .. Varint(map.Length), .. map];
        return Append(head, Hash(head));
    }

    /// <summary>Appends a frame.</summary>
    public ArchiveForge Frame(byte type, byte[] map, byte[] payload)
    {
        Head(type, map, payload.Length);
        return payload.Length == 0 ? this : Append(payload, Hash(payload));
    }

    /// <summary>Appends a frame up to its payload, which may be declared and missing.</summary>
    public ArchiveForge Head(byte type, byte[] map, long payloadLength)
    {
        byte[] head = [type, .. Varint(map.Length), .. Varint(payloadLength), .. map];
        return Append(head, Hash(head));
    }

    /// <summary>Appends an end frame for <paramref name="content"/>.</summary>
    public ArchiveForge End(byte[] content, int frames, byte[]? footer = null) => Frame(
        0x03, [0x83, 0, .. Int(content.Length), 1, .. Int(frames), 2, 0xC4, 32, .. SHA256.HashData(content)], footer ?? []);

    /// <summary>Appends bytes unchanged.</summary>
    public ArchiveForge Append(params byte[][] parts)
    {
        foreach (var part in parts)
        {
            _bytes.AddRange(part);
        }

        return this;
    }

    /// <summary>Appends a data frame that stores its content.</summary>
    public ArchiveForge Stored(byte[] content) => Frame(0x01, DataMap(content), [0, .. content]);

    /// <summary>A small archive of stored content.</summary>
    public static byte[] Small(byte[] content) => Small([0, .. Varint(content.Length)], content, content);

    /// <summary>A small archive.</summary>
    /// <param name="head">What follows the magic: tag, hashes, lengths.</param>
    /// <param name="rest">The body after its tag.</param>
    /// <param name="content">The content.</param>
    public static byte[] Small(byte[] head, byte[] rest, byte[] content)
    {
        byte[] covered = [0x89, 0x4E, 0x43, 0x58, .. head, .. rest];
        return [.. covered, .. Hash([.. covered, .. content])];
    }

    /// <summary>The map of a data frame: content length and content check.</summary>
    public static byte[] DataMap(byte[] content) => [0x82, 0, .. Int(content.Length), 1, 0xC4, 8, .. Hash(content)];

    /// <summary>A non-negative MessagePack integer below 2^32 in its shortest form.</summary>
    public static byte[] Int(long value) => value switch
    {
        <= 0x7F => [(byte)value],
        <= 0xFF => [0xCC, (byte)value],
        <= 0xFFFF => [0xCD, (byte)(value >> 8), (byte)value],
        _ => [0xCE, (byte)(value >> 24), (byte)(value >> 16), (byte)(value >> 8), (byte)value],
    };

    /// <summary>The first eight bytes of SHA-256.</summary>
    public static byte[] Hash(byte[] data) => SHA256.HashData(data)[..8];

    /// <summary>A length as frames write it.</summary>
    public static byte[] Varint(long value)
    {
        var bytes = new List<byte>();
        for (; value > 0x7F; value >>= 7)
        {
            bytes.Add((byte)(value | 0x80));
        }

        bytes.Add((byte)value);
        return [.. bytes];
    }
}
