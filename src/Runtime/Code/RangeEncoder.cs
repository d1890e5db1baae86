using System.Buffers;

namespace NacrithOnnx.Runtime.Code;

/// <summary>
/// Arithmetic encoder over integer frequencies, renormalised by bytes, with carry propagation
/// (G. N. N. Martin, "Range encoding", 1979; carries are handled as in LZMA).
/// </summary>
/// <remarks>
/// The interval is [low, low + range) with 64-bit low and range in [2^56, 2^64). An addition that overflows low carries
/// into bytes that already left; so the last byte and the run of 0xFF after it are held back. Zeros before them are
/// final, but held back too, since zeros at the end of the stream are dropped:
/// <code>written | 00 00 … 00 (zeros) | held | FF FF … FF (run) | low (64 bits)</code>
/// A position carries at most once, because the interval only shrinks and began below 2 · 2^64 of that position.
/// </remarks>
internal sealed class RangeEncoder
{
    private readonly IBufferWriter<byte> _sink;
    private ulong _low;
    private ulong _range = ulong.MaxValue;
    private long _zeros;
    private long _run;
    private byte _held;
    private bool _holding;
    private bool _finished;

    /// <summary>Starts an empty stream.</summary>
    /// <param name="sink">Takes the bytes as they become final.</param>
    public RangeEncoder(IBufferWriter<byte> sink)
    {
        ArgumentNullException.ThrowIfNull(sink);
        _sink = sink;
    }

    /// <summary>
    /// Codes the symbol that owns [low, low + frequency) of [0, total): −log2(frequency / total) bits.
    /// </summary>
    /// <param name="low">Sum of the frequencies of all symbols before it.</param>
    /// <param name="frequency">Its own frequency, at least 1.</param>
    /// <param name="total">Sum of all frequencies, at most <see cref="RangeCoding.MaximumTotal"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// The interval is empty or does not lie inside the total.
    /// </exception>
    public void Encode(ulong low, uint frequency, ulong total)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(total, RangeCoding.MaximumTotal);
        ArgumentOutOfRangeException.ThrowIfZero(frequency);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(frequency, total);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(low, total - frequency);

        var unit = _range / total;
        Advance(unit * low);
        _range = unit * frequency;
        while (_range < RangeCoding.MinimumRange)
        {
            ShiftOut();
            _range <<= 8;
        }
    }

    /// <summary>
    /// Ends the stream with one of the values in [low, low + range) that have the most trailing zero bytes, all of which
    /// are dropped. Nothing may be coded afterwards.
    /// </summary>
    public void Finish()
    {
        if (_finished)
        {
            return;
        }

        _finished = true;
        SettleLow();
        Release();
    }

    /// <summary>Picks the final value and shifts out the one byte of low that it needs, if any.</summary>
    private void SettleLow()
    {
        if (_low == 0)
        {
            return;
        }

        // 0 - low is 2^64 - low: where the interval contains 2^64, a carry gives that value without any byte of low.
        if (_range > 0 - _low)
        {
            Carry();
            return;
        }

        // The range is at least 2^56, so a multiple of 2^56 lies in the interval, and only its top byte is not zero.
        Advance(RangeCoding.MinimumRange - 1);
        ShiftOut();
    }

    private void Advance(ulong distance)
    {
        _low += distance;
        if (_low < distance)
        {
            Carry();
        }
    }

    private void Carry()
    {
        // 7F FF FF + 1 = 80 00 00: the held byte becomes final, the last byte of the run becomes the held one.
        _held++;
        if (_run == 0)
        {
            return;
        }

        Write(_held);
        for (; _run > 1; _run--)
        {
            Write(0);
        }

        _run = 0;
        _held = 0;
    }

    private void ShiftOut()
    {
        var top = (byte)(_low >> RangeCoding.TopByteShift);
        _low <<= 8;
        if (top == 0xFF && _holding)
        {
            _run++;
            return;
        }

        Release();
        _held = top;
        _holding = true;
    }

    private void Release()
    {
        if (_holding)
        {
            Write(_held);
        }

        for (; _run > 0; _run--)
        {
            Write(0xFF);
        }

        _holding = false;
    }

    private void Write(byte value)
    {
        if (value == 0)
        {
            _zeros++;
            return;
        }

        SendZeros();
        Send(value);
    }

    private void SendZeros()
    {
        for (; _zeros > 0; _zeros--)
        {
            Send(0);
        }
    }

    private void Send(byte value)
    {
        _sink.GetSpan(1)[0] = value;
        _sink.Advance(1);
    }
}
