namespace NacrithOnnx.Runtime.Frame;

/// <summary>
/// Adds up progress over frames, several of which may be coded at the same time. The bytes that it reports never decrease, and
/// reports come from one thread at a time.
/// </summary>
internal sealed class ProgressTracker(IProgress<CodecProgress>? progress)
{
    private readonly Lock _lock = new();
    private long _input;
    private long _output;
    private long _tokens;

    /// <summary>What the frames in work have added.</summary>
    private CodecProgress _open;
    private CodecProgress _last;

    /// <summary>Learns how frames were coded; null for nobody.</summary>
    public IFrameObserver? Observer { get; init; }

    /// <summary>Begins a frame.</summary>
    /// <param name="cancel">Cancels its coding.</param>
    public FrameTracker Begin(CancellationToken cancel) => new(this, cancel);

    /// <summary>Reports a completed frame.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="input">Bytes of input.</param>
    /// <param name="output">Bytes of output.</param>
    /// <param name="tokens">Its tokens.</param>
    public void Frame(FrameTracker frame, int input, int output, int tokens) =>
        Total(_input + input, _output + output, tokens, frame);

    /// <summary>Reports all bytes so far, frame headers included.</summary>
    /// <param name="input">Bytes of input.</param>
    /// <param name="output">Bytes of output.</param>
    /// <param name="tokens">Tokens since the last frame.</param>
    /// <param name="frame">A frame that is complete with this.</param>
    public void Total(long input, long output, int tokens = 0, FrameTracker? frame = null)
    {
        lock (_lock)
        {
            _input = input;
            _output = output;
            _tokens += tokens;
            if (frame is not null)
            {
                _open = Sum(_open, frame.Share, -1);
                frame.Share = default;
            }

            Report();
        }
    }

    /// <summary>Takes back what a frame has added whose coding was given up.</summary>
    public void Drop(FrameTracker frame)
    {
        lock (_lock)
        {
            _open = Sum(_open, frame.Share, -1);
            frame.Share = default;
        }
    }

    /// <summary>Sets what a frame in work adds.</summary>
    internal void Add(FrameTracker frame, in CodecProgress share)
    {
        if (progress is null)
        {
            return;
        }

        lock (_lock)
        {
            _open = Sum(Sum(_open, frame.Share, -1), share, 1);
            frame.Share = share;
            Report();
        }
    }

    private static CodecProgress Sum(in CodecProgress sum, in CodecProgress share, int sign) => new(
        sum.InputBytes + (sign * share.InputBytes),
        sum.OutputBytes + (sign * share.OutputBytes),
        sum.Tokens + (sign * share.Tokens));

    private void Report()
    {
        _last = new CodecProgress(
            Math.Max(_last.InputBytes, _input + _open.InputBytes),
            Math.Max(_last.OutputBytes, _output + _open.OutputBytes),
            _tokens + _open.Tokens);
        progress?.Report(_last);
    }
}
