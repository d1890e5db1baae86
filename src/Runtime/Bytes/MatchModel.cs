using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using NacrithOnnx.Runtime.Kernels;

namespace NacrithOnnx.Runtime.Bytes;

/// <summary>Finds the most recent occurrence of the last bytes, and predicts the bytes that followed it.</summary>
internal sealed class MatchModel
{
    /// <summary>Number of inputs for the mixer.</summary>
    public const int InputCount = 2;

    /// <summary>Number of values of <see cref="LengthClass"/>.</summary>
    public const int LengthClasses = 16;

    /// <summary>Match lengths saturate here: beyond it confidence does not grow.</summary>
    private const int LengthLimit = 400;

    private const uint HitLimit = 1023;
    private const ulong HashMultiplier = 0x9E3779B97F4A7C15;

    private readonly int _minLength;
    private readonly int[] _lastPosition;
    private readonly int _hashShift;
    private readonly int _contextShift;
    private readonly uint[] _confidence = new uint[LengthClasses * 2];
    private int _pointer;
    private int _length;
    private int _cell;
    private int _bucket;

    /// <summary>Creates a model.</summary>
    /// <param name="minLength">Number of bytes that must agree, 1..8.</param>
    /// <param name="tableBits">log2 of the number of positions remembered.</param>
    public MatchModel(int minLength, int tableBits)
    {
        _minLength = minLength;
        _lastPosition = new int[1 << tableBits];
        _hashShift = 64 - tableBits;
        _contextShift = 8 * (sizeof(ulong) - minLength);
        for (var i = 0; i < _confidence.Length; i++)
        {
            _confidence[i] = AdaptiveMap.Initial(Logistic.One / 2);
        }
    }

    /// <summary>The byte that followed last time, with a leading one (256..511); 0 without a match.</summary>
    public int Expected { get; private set; }

    /// <summary>0 without a match; grows with the logarithm of the length.</summary>
    public int LengthClass { get; private set; }

    /// <summary>Prefetches the table entry that <see cref="BeginByte"/> needs, during other work.</summary>
    /// <param name="history">All bytes so far.</param>
    public void Prefetch(ReadOnlySpan<byte> history)
    {
        if (history.Length >= sizeof(ulong))
        {
            _bucket = Bucket(history);
            CacheLine.Prefetch(ref _lastPosition[_bucket]);
        }
    }

    /// <summary>Extends the match or searches for one, at a byte boundary.</summary>
    /// <param name="history">All bytes so far, as given to <see cref="Prefetch"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void BeginByte(ReadOnlySpan<byte> history)
    {
        if (_length > 0 && history[_pointer] == history[^1])
        {
            _length = Math.Min(_length + 1, LengthLimit);
            _pointer++;
        }
        else
        {
            _length = 0;
        }

        if (history.Length >= sizeof(ulong))
        {
            if (_length == 0)
            {
                _pointer = _lastPosition[_bucket];
                _length = CommonSuffix(history, _pointer);
            }

            _lastPosition[_bucket] = history.Length;
        }

        LengthClass = _length == 0 ? 0 : ClassOf(_length);
        Expected = _length == 0 ? 0 : 256 | history[_pointer];
    }

    /// <summary>Writes the inputs for the next bit.</summary>
    /// <param name="inputs"><see cref="InputCount"/> log-odds.</param>
    /// <param name="partial">Bits of the current byte so far, with a leading one.</param>
    /// <param name="bitsLeft">Bits of it still to come, 1..8.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Predict(Span<int> inputs, int partial, int bitsLeft)
    {
        if (Expected >> bitsLeft != partial)
        {
            // A mispredicted bit ends the match for the rest of the byte; BeginByte detects it.
            Expected = 0;
            LengthClass = 0;
            _cell = -1;
            inputs[1] = 0;
            inputs[0] = 0;
            return;
        }

        var bit = (Expected >> (bitsLeft - 1)) & 1;
        _cell = (LengthClass * 2) + bit;
        var p = (int)(_confidence[_cell] >> AdaptiveMap.StretchShift);
        inputs[0] = Logistic.Stretch(p);
        inputs[1] = (p - (1 << (Logistic.StretchBits - 1))) >> 1;
    }

    /// <summary>Learns from the actual bit.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Update(int bit)
    {
        if (_cell >= 0)
        {
            AdaptiveMap.Update(ref _confidence[_cell], bit, HitLimit);
        }
    }

    /// <summary>1..8 for lengths up to 8, then two classes per doubling.</summary>
    private static int ClassOf(int length)
    {
        if (length <= 8)
        {
            return length;
        }

        var log = BitOperations.Log2((uint)length);
        var half = (length >> (log - 1)) & 1;
        return Math.Min(9 + (2 * (log - 3)) + half - 1, LengthClasses - 1);
    }

    private int Bucket(ReadOnlySpan<byte> history)
    {
        var last8 = BinaryPrimitives.ReadUInt64BigEndian(history[^sizeof(ulong)..]);
        return (int)(((last8 << _contextShift) * HashMultiplier) >> _hashShift);
    }

    private int CommonSuffix(ReadOnlySpan<byte> history, int pointer)
    {
        var length = 0;
        while (length < LengthLimit && length < pointer && history[pointer - 1 - length] == history[^(1 + length)])
        {
            length++;
        }

        return length >= _minLength ? length : 0;
    }
}
