using System.Runtime.CompilerServices;

namespace NacrithOnnx.Runtime.Bytes;

/// <summary>Reads what <see cref="BinaryEncoder"/> wrote.</summary>
/// <remarks>
/// Any payload decodes to some bits: bytes past its end read as zero, and <see cref="IsConsumedExactly"/> is true if
/// the encoder would have written this payload for those bits.
/// </remarks>
internal ref struct BinaryDecoder
{
    private readonly ReadOnlySpan<byte> _payload;
    private int _position;
    private uint _low;
    private uint _high = uint.MaxValue;
    private uint _code;

    /// <summary>Starts reading.</summary>
    /// <param name="payload">Exactly the bytes of the payload.</param>
    public BinaryDecoder(ReadOnlySpan<byte> payload)
    {
        _payload = payload;
        for (var i = 0; i < sizeof(uint); i++)
        {
            _code = (_code << 8) | NextByte();
        }
    }

    /// <summary>True if the payload is exactly what an encoder writes for the bits decoded so far.</summary>
    public readonly bool IsConsumedExactly
    {
        get
        {
            (var value, var count) = BinaryEncoder.Tail(_low, _high);
            return _position - sizeof(uint) + count == _payload.Length && _code == value;
        }
    }

    /// <summary>
    /// True if more than a whole window of zeros was read past the end: the payload is certainly truncated.
    /// </summary>
    public readonly bool IsExhausted => _position - _payload.Length > sizeof(uint);

    /// <summary>Reads one bit.</summary>
    /// <param name="probabilityOfOne">In 1..65535, the same as in the encoder.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Decode(int probabilityOfOne)
    {
        var split = _low + (uint)(((ulong)(_high - _low) * (uint)probabilityOfOne) >> Logistic.ProbabilityBits);
        int bit;
        if (_code <= split)
        {
            _high = split;
            bit = 1;
        }
        else
        {
            _low = split + 1;
            bit = 0;
        }

        while (((_low ^ _high) >> 24) == 0)
        {
            _low <<= 8;
            _high = (_high << 8) | 0xFF;
            _code = (_code << 8) | NextByte();
        }

        return bit;
    }

    private byte NextByte()
    {
        var at = _position++;
        return (uint)at < (uint)_payload.Length ? _payload[at] : (byte)0;
    }
}
