namespace NacrithOnnx.Cli.Report;

/// <summary>
/// Bits along the content, in intervals of equal width. Its length is not known before: where there are too many
/// intervals, each two become one.
/// </summary>
internal sealed class BitCurve
{
    /// <summary>More than this is finer than a screen shows well.</summary>
    public const int MaxIntervals = 400;

    /// <summary>Some ten tokens: less would show their noise only.</summary>
    private const int FirstWidth = 64;

    private readonly List<CoderTotal> _intervals = [];
    private double _position;

    /// <summary>Bytes of content in an interval.</summary>
    public long Width { get; private set; } = FirstWidth;

    /// <summary>The intervals; the last may be short.</summary>
    public IReadOnlyList<CoderTotal> Intervals => _intervals;

    /// <summary>Adds what comes next.</summary>
    /// <param name="length">
    /// Bytes of content. What starts in an interval belongs to it; after a transform, a token may stand for a part of a
    /// byte.
    /// </param>
    /// <param name="bits">Bits it took.</param>
    public void Add(double length, double bits)
    {
        while ((long)_position / Width >= MaxIntervals)
        {
            Halve();
        }

        var index = (int)((long)_position / Width);
        while (_intervals.Count <= index)
        {
            _intervals.Add(default);
        }

        var whole = (long)(_position + length) - (long)_position;
        _intervals[index] += new CoderTotal(whole, bits);
        _position += length;
    }

    /// <summary>Adds a stretch whose bytes all take the same.</summary>
    public void AddEven(long length, double bitsPerByte)
    {
        while (length > 0)
        {
            var part = Math.Min(length, Width - ((long)_position % Width));
            Add(part, part * bitsPerByte);
            length -= part;
        }
    }

    private void Halve()
    {
        Width *= 2;
        for (var index = 0; index < _intervals.Count; index += 2)
        {
            var next = index + 1 < _intervals.Count ? _intervals[index + 1] : default;
            _intervals[index / 2] = _intervals[index] + next;
        }

        _intervals.RemoveRange((_intervals.Count + 1) / 2, _intervals.Count / 2);
    }
}
