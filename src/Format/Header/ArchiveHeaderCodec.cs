using System.Buffers;
using System.Collections.ObjectModel;

namespace NacrithOnnx.Format;

/// <summary>Encodes an <see cref="ArchiveHeader"/>, and decodes its map.</summary>
internal static class ArchiveHeaderCodec
{
    private const int MinorVersionKey = 0;
    private const int ModelKey = 1;
    private const int TokenizerKey = 2;
    private const int ArithmeticKey = 3;
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
        var minor = 0;
        var level = 0;
        long? originalLength = null;
        Sha256Digest? model = null;
        Sha256Digest? tokenizer = null;
        string? arithmetic = null;
        var parameters = ArchiveHeader.NoParameters;

        var fields = new FieldReader(map, $"archive header at byte {offset}");
        while (fields.TryReadKey(out var key))
        {
            switch (key)
            {
                case MinorVersionKey:
                    minor = (int)fields.ReadInteger(1, int.MaxValue);
                    break;
                case ModelKey:
                    model = Sha256Digest.FromBytes(fields.ReadBinary(Sha256Digest.Length));
                    break;
                case TokenizerKey:
                    tokenizer = Sha256Digest.FromBytes(fields.ReadBinary(Sha256Digest.Length));
                    break;
                case ArithmeticKey:
                    arithmetic = fields.ReadName(FormatConstants.MaxArithmeticIdLength);
                    break;
                case LevelKey:
                    level = (int)fields.ReadInteger(1, FormatConstants.MaxLevel);
                    break;
                case OriginalLengthKey:
                    originalLength = fields.ReadInteger(0, long.MaxValue);
                    break;
                case ParametersKey:
                    parameters = ReadParameters(ref fields);
                    break;
                default:
                    fields.SkipUnknown(key);
                    break;
            }
        }

        CodecIdentity? codec = null;
        if (model is not null || tokenizer is not null || arithmetic is not null)
        {
            fields.Require(model is not null, "model hash");
            fields.Require(tokenizer is not null, "tokenizer hash");
            fields.Require(arithmetic is not null, "arithmetic id");
            codec = new(model.Value, tokenizer.Value, arithmetic);
        }

        return new()
        {
            MinorVersion = minor,
            Codec = codec,
            Level = level,
            OriginalLength = originalLength,
            Parameters = parameters,
        };
    }

    private static void WriteMap(ArrayBufferWriter<byte> map, ArchiveHeader header)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(header.MinorVersion, nameof(header));
        ArgumentOutOfRangeException.ThrowIfNegative(header.Level, nameof(header));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(header.Level, FormatConstants.MaxLevel, nameof(header));
        ArgumentOutOfRangeException.ThrowIfNegative(header.OriginalLength ?? 0, nameof(header));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(
            header.Parameters.Count, FormatConstants.MaxParameters, nameof(header));

        var fields = new FieldWriter();
        if (header.MinorVersion > 0)
        {
            fields.WriteInteger(MinorVersionKey, header.MinorVersion);
        }

        if (header.Codec is { } codec)
        {
            CheckName(codec.ArithmeticId, FormatConstants.MaxArithmeticIdLength);
            WriteDigest(fields, ModelKey, codec.Model);
            WriteDigest(fields, TokenizerKey, codec.Tokenizer);
            fields.WriteName(ArithmeticKey, codec.ArithmeticId);
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

    private static void WriteDigest(FieldWriter fields, int key, Sha256Digest digest)
    {
        Span<byte> bytes = stackalloc byte[Sha256Digest.Length];
        digest.CopyTo(bytes);
        fields.WriteBinary(key, bytes);
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
