using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace NacrithOnnx.Format;

/// <summary>The letters of the text form, and what is wrong with others.</summary>
internal static class ArmorText
{
    /// <summary>What editors of Windows put before UTF-8.</summary>
    public static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <summary>What mail and chat programs add and take away.</summary>
    public static ReadOnlySpan<byte> Blanks => " \t\r\n"u8;

    /// <summary>The digits of Base64url, RFC 4648 section 5.</summary>
    private static readonly SearchValues<byte> Digits =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"u8);

    public static bool IsBlank(byte letter) => Blanks.Contains(letter);

    /// <summary>Fails for a letter that is no digit.</summary>
    public static void CheckDigit(byte letter, int line)
    {
        if (!Digits.Contains(letter))
        {
            Refuse(letter, line);
        }
    }

    [DoesNotReturn]
    private static void Refuse(byte letter, int line)
    {
        var name = letter is > (byte)' ' and <= (byte)'~' ? $"'{(char)letter}'" : $"byte {letter:x2}";
        throw new CorruptArchiveException($"The text has {name} in line {line}, which is not a digit of Base64url.");
    }
}
