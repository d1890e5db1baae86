namespace NacrithOnnx.Export;

/// <summary>The characters that stand for bytes in the token strings of GPT-2 and its successors: a printable
/// Latin-1 character for itself; U+0100 and up, in order, for the other 68 bytes (bytes_to_unicode in encoder.py).
/// </summary>
internal static class ByteAlphabet
{
    /// <summary>Character of the first byte that is not printable.</summary>
    private const char FirstSubstitute = '\u0100';

    private static readonly Dictionary<char, byte> Bytes = Build();

    /// <summary>The byte that a token string of one character stands for.</summary>
    /// <returns>False if the character does not stand for a byte.</returns>
    public static bool TryGetByte(char character, out byte value) => Bytes.TryGetValue(character, out value);

    private static Dictionary<char, byte> Build()
    {
        var bytes = new Dictionary<char, byte>();
        var substitute = FirstSubstitute;
        for (var value = 0; value <= byte.MaxValue; value++)
        {
            bytes.Add(IsPrintable(value) ? (char)value : substitute++, (byte)value);
        }

        return bytes;
    }

    // 0xA0 is a space and 0xAD the soft hyphen.
    private static bool IsPrintable(int value) =>
        value is (>= '!' and <= '~') or (>= 0xA1 and <= 0xAC) or (>= 0xAE and <= 0xFF);
}
