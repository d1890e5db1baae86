using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace NacrithOnnx.Format;

/// <summary>The characters of the text form.</summary>
internal static class ArmorText
{
    /// <summary>The mark that some editors put before UTF-8 text.</summary>
    public static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <summary>White space: mail and chat programs add and remove it.</summary>
    public static ReadOnlySpan<byte> Blanks => " \t\r\n"u8;

    /// <summary>The digits of Base64url.</summary>
    private static readonly SearchValues<byte> Digits =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"u8);

    public static bool IsBlank(byte letter) => Blanks.Contains(letter);

    /// <summary>Refuses a character that is not a digit.</summary>
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
