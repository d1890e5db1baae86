using System.Buffers.Binary;
using NacrithOnnx.Format;

namespace NacrithOnnx.Runtime.Tokenize;

/// <summary>Reads and writes tokenizer.bin.</summary>
/// <remarks>Little-endian, no padding:
/// <code>
///  0  8      magic and version
///  8  u16    special tokens, S
/// 10  u16    start token
/// 12  u16    escape token
/// 14  u16    tokens of one byte, B
/// 16  u32    merges, M
/// 20  B      byte value of token S, S+1, ...
/// ..  4·M    left id (u16) and right id (u16) of token S+B, S+B+1, ...
/// ..  32     SHA-256 of all bytes before it
/// </code></remarks>
internal static class TokenizerFile
{
    private const int HeaderLength = 20;
    private const int MergeLength = 4;
    private const int MaxByteTokens = 256;

    /// <summary>
    /// The line feed reveals a conversion of line ends, as in the archive's magic; the last byte is the version.
    /// </summary>
    private static ReadOnlySpan<byte> Magic => "NCXTOK\n\u0001"u8;

    /// <summary>Reads the file and checks its layout and checksum, but not the rules between tokens.</summary>
    /// <exception cref="EnvironmentException">The file is not a tokenizer file, or is damaged.</exception>
    public static TokenizerDefinition Read(ReadOnlySpan<byte> file)
    {
        if (!file.StartsWith(Magic))
        {
            throw new EnvironmentException("The tokenizer file is not in a format that this version reads.");
        }

        if (file.Length < HeaderLength)
        {
            throw Damaged();
        }

        var byteTokens = BinaryPrimitives.ReadUInt16LittleEndian(file[14..]);
        var merges = BinaryPrimitives.ReadUInt32LittleEndian(file[16..]);
        if (byteTokens > MaxByteTokens
            || merges > TokenizerDefinition.MaxVocabularySize
            || file.Length != HeaderLength + byteTokens + MergeLength * (int)merges + Sha256Digest.Length)
        {
            throw Damaged();
        }

        var content = file[..^Sha256Digest.Length];
        Span<byte> hash = stackalloc byte[Sha256Digest.Length];
        Sha256.Hash(content, hash);
        if (!hash.SequenceEqual(file[content.Length..]))
        {
            throw Damaged();
        }

        var pairs = new uint[merges];
        var source = content[(HeaderLength + byteTokens)..];
        for (var i = 0; i < pairs.Length; i++)
        {
            var left = BinaryPrimitives.ReadUInt16LittleEndian(source[(i * MergeLength)..]);
            var right = BinaryPrimitives.ReadUInt16LittleEndian(source[(i * MergeLength + 2)..]);
            pairs[i] = TokenizerDefinition.Pair(left, right);
        }

        return new TokenizerDefinition(
            BinaryPrimitives.ReadUInt16LittleEndian(file[8..]),
            BinaryPrimitives.ReadUInt16LittleEndian(file[10..]),
            BinaryPrimitives.ReadUInt16LittleEndian(file[12..]),
            content.Slice(HeaderLength, byteTokens).ToArray(),
            pairs);
    }

    /// <summary>Writes the file. A definition gives the same bytes everywhere.</summary>
    /// <exception cref="EnvironmentException">The definition breaks a rule of tokenizers.</exception>
    public static byte[] Write(TokenizerDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        TokenizerRules.Check(definition);

        var bytes = definition.ByteTokens.Span;
        var merges = definition.Merges.Span;
        var file = new byte[HeaderLength + bytes.Length + MergeLength * merges.Length + Sha256Digest.Length];
        Magic.CopyTo(file);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(8), (ushort)definition.SpecialTokens);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(10), (ushort)definition.StartToken);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(12), (ushort)definition.EscapeToken);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(14), (ushort)bytes.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(16), (uint)merges.Length);
        bytes.CopyTo(file.AsSpan(HeaderLength));
        var target = file.AsSpan(HeaderLength + bytes.Length);
        for (var i = 0; i < merges.Length; i++)
        {
            var merge = target[(i * MergeLength)..];
            BinaryPrimitives.WriteUInt16LittleEndian(merge, TokenizerDefinition.Left(merges[i]));
            BinaryPrimitives.WriteUInt16LittleEndian(merge[2..], TokenizerDefinition.Right(merges[i]));
        }

        var content = file.AsSpan(0, file.Length - Sha256Digest.Length);
        Sha256.Hash(content, file.AsSpan(content.Length));
        return file;
    }

    private static EnvironmentException Damaged() =>
        new("The tokenizer file is damaged; copy the model again.");
}
