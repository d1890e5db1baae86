using System.Diagnostics.CodeAnalysis;

namespace NacrithOnnx.Runtime.Code;

/// <summary>
/// Reverses <see cref="RangeEncoder"/>: for each symbol <see cref="Decode"/>, then <see cref="Consume"/>.
/// </summary>
internal sealed class RangeDecoder
{
    private readonly ReadOnlyMemory<byte> _payload;
    private ulong _range = ulong.MaxValue;
    private ulong _unit;

    // Distance of the coded value from the low end of the interval; always below the range.
    private ulong _code;
    private int _position;

    /// <summary>Starts reading.</summary>
    /// <param name="payload">
    /// Everything the encoder wrote and nothing more. Zeros are read after it without limit, so that damage need not end
    /// the decoding: the caller must know the number of symbols.
    /// </param>
    /// <exception cref="CorruptArchiveException">An encoder does not end a payload like this.</exception>
    public RangeDecoder(ReadOnlyMemory<byte> payload)
    {
        if (payload is { IsEmpty: false, Span: [.., 0] })
        {
            ThrowCorrupt("The coded payload ends with a zero byte.");
        }

        _payload = payload;
        for (var i = 0; i < sizeof(ulong); i++)
        {
            _code = (_code << 8) | Read();
        }
    }

    /// <summary>The point in [0, total) that the next symbol's interval contains.</summary>
    /// <param name="total">Sum of all frequencies, 1 to <see cref="RangeCoding.MaximumTotal"/>.</param>
    /// <exception cref="CorruptArchiveException">No encoder could have written this payload.</exception>
    public ulong Decode(ulong total)
    {
        ArgumentOutOfRangeException.ThrowIfZero(total);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(total, RangeCoding.MaximumTotal);

        _unit = _range / total;
        var target = _code / _unit;
        if (target >= total)
        {
            ThrowCorrupt("The coded payload points outside every symbol.");
        }

        return target;
    }

    /// <summary>Removes the symbol found for the result of <see cref="Decode"/> from the stream.</summary>
    /// <param name="low">Sum of the frequencies of all symbols before it.</param>
    /// <param name="frequency">Its own frequency; [low, low + frequency) contains the point.</param>
    public void Consume(ulong low, uint frequency)
    {
        _code -= _unit * low;
        _range = _unit * frequency;
        while (_range < RangeCoding.MinimumRange)
        {
            _code = (_code << 8) | Read();
            _range <<= 8;
        }
    }

    /// <summary>Checks that all of the payload was read.</summary>
    /// <exception cref="CorruptArchiveException">Bytes are left over.</exception>
    public void Finish()
    {
        if (_position < _payload.Length)
        {
            ThrowCorrupt("The coded payload has bytes after its last symbol.");
        }
    }

    private byte Read()
    {
        var position = _position++;
        var payload = _payload.Span;
        return (uint)position < (uint)payload.Length ? payload[position] : (byte)0;
    }

    [DoesNotReturn]
    private static void ThrowCorrupt(string message) => throw new CorruptArchiveException(message);
}
