using System.Globalization;

namespace NacrithOnnx.Cli.Progress;

/// <summary>
/// One line on a terminal that is written over again: bytes, ratio, tokens a second, time left. It says nothing unless
/// standard error is a terminal; there, with -v, a single estimate is given for long work instead.
/// </summary>
internal sealed class ProgressLine : IProgress<CodecProgress>, IDisposable
{
    /// <summary>Six times a second, as zstd does: fluent for the eye and free beside the model.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1.0 / 6);

    /// <summary>Shorter work is done before a line would be read.</summary>
    private static readonly TimeSpan FirstLine = TimeSpan.FromSeconds(0.5);

    /// <summary>The rate of the first seconds is a fair forecast; that of the first step is not.</summary>
    private static readonly TimeSpan EstimateAfter = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan WorthAnEstimate = TimeSpan.FromMinutes(1);

    private readonly TextWriter _error;
    private readonly TimeProvider _time;
    private readonly string _name;
    private readonly long? _inputLength;
    private readonly bool _decompressing;
    private readonly bool _draw;
    private readonly Action<string>? _estimate;
    private readonly long _start;
    private long _lastDrawn;
    private int _width;
    private bool _estimated;

    /// <summary>Starts the clock.</summary>
    /// <param name="error">Standard error.</param>
    /// <param name="time">Clock.</param>
    /// <param name="name">Name of the input.</param>
    /// <param name="inputLength">Its length, if known.</param>
    /// <param name="decompressing">Whether the input is the small side.</param>
    /// <param name="draw">Whether there is a terminal to draw on.</param>
    /// <param name="estimate">Takes one sentence on how long it will take; null if nobody asks.</param>
    public ProgressLine(
        TextWriter error, TimeProvider time, string name, long? inputLength, bool decompressing, bool draw, Action<string>? estimate)
    {
        (_error, _time, _name, _inputLength) = (error, time, Messages.Printable(Path.GetFileName(name)), inputLength);
        (_decompressing, _draw, _estimate) = (decompressing, draw, estimate);
        _start = time.GetTimestamp();
        _lastDrawn = _start;
    }

    /// <summary>The last report.</summary>
    public CodecProgress Last { get; private set; }

    public TimeSpan Elapsed => _time.GetElapsedTime(_start);

    public void Report(CodecProgress value)
    {
        Last = value;
        if (_draw && Elapsed >= FirstLine && _time.GetElapsedTime(_lastDrawn) >= Interval)
        {
            _lastDrawn = _time.GetTimestamp();
            Draw(Describe());
        }

        if (!_draw && !_estimated && _estimate is not null && Elapsed >= EstimateAfter)
        {
            _estimated = true;
            if (TimeLeft() is TimeSpan left && left >= WorthAnEstimate)
            {
                _estimate($"about {Figures.Duration(left)} left at {Speed()}");
            }
        }
    }

    /// <summary>Takes the line away, so that messages start on a clean one.</summary>
    public void Dispose()
    {
        if (_width > 0)
        {
            Draw(string.Empty);
            _error.Write('\r');
            _error.Flush();
            _width = 0;
        }
    }

    private void Draw(string line)
    {
        _error.Write('\r' + line.PadRight(_width));
        _error.Flush();
        _width = line.Length;
    }

    private string Describe()
    {
        var content = _decompressing ? Last.OutputBytes : Last.InputBytes;
        var archive = _decompressing ? Last.InputBytes : Last.OutputBytes;
        var done = _inputLength is long length
            ? $"{Figures.Percent(Last.InputBytes, length)} of {Figures.Size(length)}"
            : Figures.Size(Last.InputBytes);
        var ratio = content > 0 ? Figures.Percent(archive, content) : "-";
        var left = TimeLeft() is TimeSpan time ? $", {Figures.Duration(time)} left" : string.Empty;
        return $"{_name}: {done}, ratio {ratio}, {Speed()}{left}";
    }

    private string Speed()
    {
        var tokens = Figures.Rate(Last.Tokens, Elapsed);
        var content = _decompressing ? Last.OutputBytes : Last.InputBytes;
        return string.Create(
            CultureInfo.InvariantCulture, $"{Figures.Size(Figures.Rate(content, Elapsed))}/s, {tokens:0} tokens/s");
    }

    private TimeSpan? TimeLeft() => _inputLength is long length && Last.InputBytes > 0 && length >= Last.InputBytes
        ? Elapsed * ((double)(length - Last.InputBytes) / Last.InputBytes)
        : null;
}
