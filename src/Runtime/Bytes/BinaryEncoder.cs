using System.Runtime.CompilerServices;

namespace NacrithOnnx.Runtime.Bytes;

/// <summary>Carry-less binary arithmetic coder with 32 bits: codes a bit of probability p in −log2 p bits.</summary>
/// <remarks>
/// The interval [low, high] is split in proportion to the probability of a one; a leading byte that both ends share is
/// final and is output. The end is the shortest string of bytes that, followed by zeros, lies in the last interval, so
/// the decoder can detect a payload of any other length (see <see cref="BinaryDecoder"/>).
/// Scheme: Mahoney, "Adaptive Weighing of Context Models for Lossless Data Compression", 2005.
/// </remarks>
internal sealed class BinaryEncoder
{
    private const int MinCapacity = 16;

    private byte[] _buffer;
    private int _length;
    private uint _low;
    private uint _high = uint.MaxValue;

    /// <summary>Creates an encoder.</summary>
    /// <param name="prefix">First byte of the payload, written unchanged.</param>
    /// <param name="capacity">Expected payload size in bytes; the buffer grows if needed.</param>
    public BinaryEncoder(byte prefix, int capacity)
    {
        _buffer = new byte[Math.Max(capacity, MinCapacity)];
        Append(prefix);
    }

    /// <summary>Writes one bit.</summary>
    /// <param name="bit">0 or 1.</param>
    /// <param name="probabilityOfOne">In 1..65535, out of 65536.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Encode(int bit, int probabilityOfOne)
    {
        var split = _low + (uint)(((ulong)(_high - _low) * (uint)probabilityOfOne) >> Logistic.ProbabilityBits);
        if (bit != 0)
        {
            _high = split;
        }
        else
        {
            _low = split + 1;
        }

        while (((_low ^ _high) >> 24) == 0)
        {
            Append((byte)(_high >> 24));
            _low <<= 8;
            _high = (_high << 8) | 0xFF;
        }
    }

    /// <summary>Ends the payload.</summary>
    /// <returns>The payload, in a new array.</returns>
    public byte[] Finish()
    {
        (var value, var count) = Tail(_low, _high);
        for (var i = 0; i < count; i++)
        {
            Append((byte)(value >> (24 - (8 * i))));
        }

        return _buffer.AsSpan(0, _length).ToArray();
    }

    /// <summary>
    /// The value in [low, high] with the fewest bytes before its trailing zero bytes, and their number.
    /// </summary>
    internal static (uint Value, int Count) Tail(uint low, uint high)
    {
        for (var count = 0; count < sizeof(uint); count++)
        {
            var kept = count == 0 ? 0 : uint.MaxValue << (32 - (8 * count));
            var value = (low & kept) == low ? low : (high & kept);
            if (value >= low)
            {
                return (value, count);
            }
        }

        return (low, sizeof(uint));
    }

    private void Append(byte value)
    {
        if (_length == _buffer.Length)
        {
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        _buffer[_length++] = value;
    }
}
