using System.Globalization;
using System.Text;

namespace NacrithOnnx.Cli.Posix;

/// <summary>
/// File names on Linux are bytes, usually but not always UTF-8. Each byte that is not part of valid UTF-8 is mapped to a
/// lone surrogate, U+DC80 to U+DCFF, as in Python's "surrogateescape". The mapping is reversible.
/// </summary>
internal static class ByteName
{
    /// <summary>What .NET puts in place of bytes that it cannot decode.</summary>
    public const char Replacement = '\uFFFD';

    private const int FirstEscape = 0xDC80;

    private const int LastEscape = 0xDCFF;

    /// <summary>Added to a byte above 127.</summary>
    private const int EscapeBase = 0xDC00;

    /// <summary>Whether a character stands for one byte of a name that is not UTF-8.</summary>
    private static bool IsEscape(char letter) => letter is >= (char)FirstEscape and <= (char)LastEscape;

    /// <summary>Whether a name holds bytes that are not UTF-8.</summary>
    public static bool HasEscape(string name)
    {
        for (var index = 0; index < name.Length; index++)
        {
            if (char.IsHighSurrogate(name[index]))
            {
                index++;
            }
            else if (IsEscape(name[index]))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The name for messages and JSON, with \xNN for each byte that is not UTF-8.</summary>
    public static string Readable(string name)
    {
        if (!HasEscape(name))
        {
            return name;
        }

        var text = new StringBuilder(name.Length);
        for (var index = 0; index < name.Length; index++)
        {
            if (char.IsSurrogatePair(name, index))
            {
                text.Append(name[index++]).Append(name[index]);
            }
            else if (IsEscape(name[index]))
            {
                text.Append(CultureInfo.InvariantCulture, $"\\x{(byte)(name[index] - EscapeBase):X2}");
            }
            else
            {
                text.Append(name[index]);
            }
        }

        return text.ToString();
    }

    /// <summary>Reads a name.</summary>
    public static string Decode(ReadOnlySpan<byte> name)
    {
        var text = new StringBuilder(name.Length);
        while (!name.IsEmpty)
        {
            if (Rune.DecodeFromUtf8(name, out var rune, out var consumed) == System.Buffers.OperationStatus.Done)
            {
                text.Append(rune.ToString());
            }
            else
            {
                foreach (var single in name[..consumed])
                {
                    text.Append((char)(EscapeBase + single));
                }
            }

            name = name[consumed..];
        }

        return text.ToString();
    }

    /// <summary>The bytes of a name, with a zero at the end.</summary>
    public static byte[] Encode(string name)
    {
        // No character takes more than three bytes; a pair of surrogates takes four.
        var bytes = new byte[(name.Length * 3) + 1];
        var length = 0;
        for (var index = 0; index < name.Length; index++)
        {
            if (Rune.TryGetRuneAt(name, index, out var rune))
            {
                length += rune.EncodeToUtf8(bytes.AsSpan(length));
                index += rune.Utf16SequenceLength - 1;
            }
            else
            {
                length += EncodeLone(name[index], bytes.AsSpan(length));
            }
        }

        return bytes[..(length + 1)];
    }

    private static int EncodeLone(char surrogate, Span<byte> bytes)
    {
        if (!IsEscape(surrogate))
        {
            return Rune.ReplacementChar.EncodeToUtf8(bytes);
        }

        bytes[0] = (byte)(surrogate - EscapeBase);
        return 1;
    }
}
