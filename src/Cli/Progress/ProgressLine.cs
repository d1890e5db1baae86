using System.Globalization;

namespace NacrithOnnx.Cli.Progress;

/// <summary>
/// One line on a terminal, redrawn in place: bytes, ratio, speed, time left. Without a terminal nothing is drawn; with -v
/// long work then gets a single estimate instead.
/// </summary>
internal sealed class ProgressLine : IProgress<CodecProgress>, IDisposable
{
    /// <summary>Six times a second, as zstd does: smooth, and free compared with the model.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1.0 / 6);

    /// <summary>Shorter work is over before anyone reads a line.</summary>
    private static readonly TimeSpan FirstLine = TimeSpan.FromSeconds(0.5);

    /// <summary>The rate of the first seconds is a fair forecast; that of the first step is not.</summary>
    private static readonly TimeSpan EstimateAfter = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan WorthAnEstimate = TimeSpan.FromMinutes(1);

    private readonly TextWriter _error;
    private readonly TimeProvider _time;
    private readonly string _name;
    private readonly long? _inputLength;
    private readonly bool _decompressing;
    private readonly Func<int>? _columns;
    private readonly Action<string>? _estimate;
    private readonly long _start;
    private CodecProgress _measured;
    private long _lastDrawn;
    private int _width;
    private bool _estimated;

    /// <summary>Starts the clock.</summary>
    /// <param name="error">Standard error.</param>
    /// <param name="time">Clock.</param>
    /// <param name="name">Name of the input.</param>
    /// <param name="inputLength">Its length, if known.</param>
    /// <param name="decompressing">Whether the input is the small side.</param>
    /// <param name="columns">Width of the terminal to draw on; null where there is none.</param>
    /// <param name="estimate">Takes one sentence on the time left; null if not wanted.</param>
    public ProgressLine(
        TextWriter error, TimeProvider time, string name, long? inputLength, bool decompressing, Func<int>? columns,
        Action<string>? estimate)
    {
        (_error, _time, _name, _inputLength) = (error, time, Messages.Printable(Path.GetFileName(name)), inputLength);
        (_decompressing, _columns, _estimate) = (decompressing, columns, estimate);
        _start = time.GetTimestamp();
        _lastDrawn = _start;
    }

    /// <summary>The last report.</summary>
    public CodecProgress Last { get; private set; }

    public TimeSpan Elapsed => _time.GetElapsedTime(_start);

    public void Report(CodecProgress value)
    {
        // Archive bytes arrive once per frame: the ratio is that of the completed frames.
        if (value.OutputBytes != Last.OutputBytes)
        {
            _measured = value;
        }

        Last = value;
        if (_columns is not null && Elapsed >= FirstLine && _time.GetElapsedTime(_lastDrawn) >= Interval)
        {
            _lastDrawn = _time.GetTimestamp();
            Draw(Fit(_columns()));
        }

        if (_columns is null && !_estimated && _estimate is not null && Elapsed >= EstimateAfter)
        {
            _estimated = true;
            if (TimeLeft() is TimeSpan left && left >= WorthAnEstimate)
            {
                _estimate($"about {Figures.Duration(left)} left at {Speed(withTokens: true)}");
            }
        }
    }

    /// <summary>Clears the line, so that messages start on an empty one.</summary>
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
        var width = TerminalText.Columns(line);
        _error.Write('\r' + line + new string(' ', Math.Max(_width - width, 0)));
        _error.Flush();
        _width = width;
    }

    /// <summary>
    /// The line, cut to the width of the terminal: a wider one would wrap and could not be redrawn. Tokens per second are
    /// dropped first, then the name is shortened.
    /// </summary>
    private string Fit(int columns)
    {
        var room = Math.Max(columns - 1, 0);
        var numbers = Describe(withTokens: true);
        if (!Fits())
        {
            numbers = Describe(withTokens: false);
        }

        if (Fits())
        {
            return $"{_name}: {numbers}";
        }

        const string Cut = "~: ";
        var nameRoom = room - Cut.Length - TerminalText.Columns(numbers);
        return nameRoom > 0 ? TerminalText.Cut(_name, nameRoom) + Cut + numbers : TerminalText.Cut(numbers, room);

        bool Fits() => TerminalText.Columns(_name) + ": ".Length + numbers.Length <= room;
    }

    private string Describe(bool withTokens)
    {
        var content = _decompressing ? _measured.OutputBytes : _measured.InputBytes;
        var archive = _decompressing ? _measured.InputBytes : _measured.OutputBytes;
        var done = _inputLength is long length
            ? $"{Figures.Percent(Last.InputBytes, length)} of {Figures.Size(length)}"
            : Figures.Size(Last.InputBytes);
        var ratio = content > 0 && archive > 0 ? $", ratio {Figures.Percent(archive, content)}" : string.Empty;
        var left = TimeLeft() is TimeSpan time ? $", {Figures.Duration(time)} left" : string.Empty;
        return $"{done}{ratio}, {Speed(withTokens)}{left}";
    }

    private string Speed(bool withTokens)
    {
        var content = _decompressing ? Last.OutputBytes : Last.InputBytes;
        var tokens = string.Create(CultureInfo.InvariantCulture, $", {Figures.Rate(Last.Tokens, Elapsed):0} tokens/s");
        return $"{Figures.Size(Figures.Rate(content, Elapsed))}/s{(withTokens ? tokens : string.Empty)}";
    }

    private TimeSpan? TimeLeft() => _inputLength is long length && Last.InputBytes > 0 && length >= Last.InputBytes
        ? Elapsed * ((double)(length - Last.InputBytes) / Last.InputBytes)
        : null;
}
