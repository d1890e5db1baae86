namespace NacrithOnnx.Runtime.Tokenize;

/// <summary>How a byte without a token is coded: the escape token, then the token of the letter that names it: A for
/// the lowest such byte value, B for the next, and so on.</summary>
internal sealed class ByteEscape
{
    /// <summary>The letters A to Z name at most this many bytes. SmolLM2 needs 21.</summary>
    public const int MaxBytes = 26;

    /// <summary>Name of the lowest byte value without a token.</summary>
    public const byte FirstName = (byte)'A';

    private readonly byte[] _bytes;
    private readonly int[] _nameTokens = new int[256];

    /// <summary>Names the bytes without a token.</summary>
    /// <param name="byteTokens">Token of each of the 256 byte values; negative if it has none.</param>
    public ByteEscape(ReadOnlySpan<int> byteTokens)
    {
        var bytes = new List<byte>(MaxBytes);
        for (var value = 0; value < byteTokens.Length; value++)
        {
            if (byteTokens[value] < 0)
            {
                _nameTokens[value] = byteTokens[FirstName + bytes.Count];
                bytes.Add((byte)value);
            }
        }

        _bytes = [.. bytes];
    }

    /// <summary>Token that names a byte without a token.</summary>
    public int NameToken(byte value) => _nameTokens[value];

    /// <summary>The byte that a name denotes.</summary>
    /// <param name="name">Bytes of the token after the escape token.</param>
    /// <param name="value">The byte, if the name is valid.</param>
    /// <returns>False where the token names no byte.</returns>
    public bool TryGetByte(ReadOnlySpan<byte> name, out byte value)
    {
        var index = name.Length == 1 ? name[0] - FirstName : -1;
        var found = (uint)index < (uint)_bytes.Length;
        value = found ? _bytes[index] : (byte)0;
        return found;
    }
}
