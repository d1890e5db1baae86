namespace NacrithOnnx.Runtime.Frame;

/// <summary>Adds up progress over frames, and checks for cancellation.</summary>
internal sealed class ProgressTracker(IProgress<CodecProgress>? progress)
{
    private long _input;
    private long _output;
    private long _tokens;

    /// <summary>Learns how frames were coded; null for nobody.</summary>
    public IFrameObserver? Observer { get; init; }

    /// <summary>Cancels the current call.</summary>
    public CancellationToken Cancel { get; set; }

    /// <summary>Reports coded tokens of the current frame; bytes are estimated by their share.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public void Tokens(int done, int total, int frameInput, int frameOutput)
    {
        Cancel.ThrowIfCancellationRequested();
        var share = (double)done / total;
        progress?.Report(new CodecProgress(
            _input + (long)(frameInput * share), _output + (long)(frameOutput * share), _tokens + done));
    }

    /// <summary>Reports a completed frame.</summary>
    public void Frame(int input, int output, int tokens) => Total(_input + input, _output + output, tokens);

    /// <summary>Reports all bytes so far, frame headers included.</summary>
    /// <param name="input">Bytes of input.</param>
    /// <param name="output">Bytes of output.</param>
    /// <param name="tokens">Tokens since the last frame.</param>
    public void Total(long input, long output, int tokens = 0)
    {
        _input = input;
        _output = output;
        _tokens += tokens;
        progress?.Report(new CodecProgress(_input, _output, _tokens));
    }
}
