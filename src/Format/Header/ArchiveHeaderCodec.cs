using System.Buffers;
using System.Collections.ObjectModel;

namespace NacrithOnnx.Format;

/// <summary>Encodes an <see cref="ArchiveHeader"/>, and decodes its map.</summary>
internal static class ArchiveHeaderCodec
{
    private const int MinorVersionKey = 0;
    private const int ModelKey = 1;
    private const int DictionaryKey = 2;
    private const int ProfileKey = 3;
    private const int LevelKey = 4;
    private const int OriginalLengthKey = 5;
    private const int ParametersKey = 6;

    /// <summary>Writes magic, version, flags, map and checksum.</summary>
    /// <exception cref="ArgumentException">A field is outside the bounds of the format.</exception>
    public static void Write(ArrayBufferWriter<byte> output, ArchiveHeader header)
    {
        var map = new ArrayBufferWriter<byte>();
        WriteMap(map, header);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(
            map.WrittenCount, FormatConstants.MaxHeaderLength, nameof(header));

        var start = output.WrittenCount;
        output.Write(FormatConstants.Magic);
        output.Write<byte>([FormatConstants.MajorVersion, 0]);
        VarInt.Write(output, map.WrittenCount);
        output.Write(map.WrittenSpan);
        FrameWriter.WriteChecksum(output, output.WrittenSpan[start..]);
    }

    /// <summary>Reads the map.</summary>
    /// <exception cref="NacrithException">The map breaks a rule of the format, or needs a newer reader.</exception>
    public static ArchiveHeader ReadMap(ReadOnlyMemory<byte> map, long offset)
    {
        var header = new ArchiveHeader { MinorVersion = 0 };
        var fields = new FieldReader(map, $"archive header at byte {offset}");
        while (fields.TryReadKey(out var key))
        {
            switch (key)
            {
                case MinorVersionKey:
                    header = header with { MinorVersion = (int)fields.ReadInteger(1, int.MaxValue) };
                    break;
                case ModelKey:
                    header = header with { Model = HashPrefix.FromBytes(fields.ReadBinary(HashPrefix.Length)) };
                    break;
                case DictionaryKey:
                    header = header with { Dictionary = HashPrefix.FromBytes(fields.ReadBinary(HashPrefix.Length)) };
                    break;
                case ProfileKey:
                    header = header with { Profile = (int)fields.ReadInteger(1, FormatConstants.MaxProfile) };
                    break;
                case LevelKey:
                    header = header with { Level = (int)fields.ReadInteger(1, FormatConstants.MaxLevel) };
                    break;
                case OriginalLengthKey:
                    header = header with { OriginalLength = fields.ReadInteger(0, long.MaxValue) };
                    break;
                case ParametersKey:
                    header = header with { Parameters = ReadParameters(ref fields) };
                    break;
                default:
                    fields.SkipUnknown(key);
                    break;
            }
        }

        if (Fault(header) is { } fault)
        {
            fields.Refuse(fault);
        }

        return header;
    }

    /// <summary>Which rule the fields break together, or null.</summary>
    private static string? Fault(ArchiveHeader header) =>
        header is { Dictionary: not null, Model: null } ? "names a dictionary but no model"
        : header is { Profile: not 0, Parameters.Count: > 0 } ? "has both a profile and parameters"
        : null;

    private static void WriteMap(ArrayBufferWriter<byte> map, ArchiveHeader header)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(header.MinorVersion, nameof(header));
        ArgumentOutOfRangeException.ThrowIfNegative(header.Level, nameof(header));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(header.Level, FormatConstants.MaxLevel, nameof(header));
        ArgumentOutOfRangeException.ThrowIfNegative(header.Profile, nameof(header));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(header.Profile, FormatConstants.MaxProfile, nameof(header));
        ArgumentOutOfRangeException.ThrowIfNegative(header.OriginalLength ?? 0, nameof(header));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(
            header.Parameters.Count, FormatConstants.MaxParameters, nameof(header));
        if (Fault(header) is { } fault)
        {
            throw new ArgumentException($"The archive header {fault}.", nameof(header));
        }

        var fields = new FieldWriter();
        if (header.MinorVersion > 0)
        {
            fields.WriteInteger(MinorVersionKey, header.MinorVersion);
        }

        WritePrefix(fields, ModelKey, header.Model);
        WritePrefix(fields, DictionaryKey, header.Dictionary);
        if (header.Profile > 0)
        {
            fields.WriteInteger(ProfileKey, header.Profile);
        }

        if (header.Level > 0)
        {
            fields.WriteInteger(LevelKey, header.Level);
        }

        if (header.OriginalLength is long length)
        {
            fields.WriteInteger(OriginalLengthKey, length);
        }

        if (header.Parameters.Count > 0)
        {
            fields.WriteMap(ParametersKey, SortParameters(header.Parameters));
        }

        fields.CopyTo(map);
    }

    private static void WritePrefix(FieldWriter fields, int key, HashPrefix? prefix)
    {
        if (prefix is { } given)
        {
            Span<byte> bytes = stackalloc byte[HashPrefix.Length];
            given.CopyTo(bytes);
            fields.WriteBinary(key, bytes);
        }
    }

    private static KeyValuePair<string, long>[] SortParameters(IReadOnlyDictionary<string, long> parameters)
    {
        KeyValuePair<string, long>[] pairs = [.. parameters];
        foreach (var (name, _) in pairs)
        {
            CheckName(name, FormatConstants.MaxParameterNameLength);
        }

        Array.Sort(pairs, static (left, right) => string.CompareOrdinal(left.Key, right.Key));
        return pairs;
    }

    private static ReadOnlyDictionary<string, long> ReadParameters(ref FieldReader fields)
    {
        var count = fields.ReadMapLength(1, FormatConstants.MaxParameters);
        var parameters = new SortedList<string, long>(count, StringComparer.Ordinal);
        var last = string.Empty;
        for (; count > 0; count--)
        {
            var name = fields.ReadName(FormatConstants.MaxParameterNameLength);
            if (string.CompareOrdinal(name, last) <= 0)
            {
                fields.Refuse("has duplicate or unsorted parameters");
            }

            parameters.Add(name, fields.ReadInteger(long.MinValue, long.MaxValue));
            last = name;
        }

        return new(parameters);
    }

    private static void CheckName(string name, int maxLength)
    {
        if (name.Length == 0 || name.Length > maxLength || name.AsSpan().ContainsAnyExceptInRange('!', '~'))
        {
            throw new ArgumentException($"The name '{name}' is not 1 to {maxLength} printable ASCII characters.");
        }
    }
}
