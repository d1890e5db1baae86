namespace NacrithOnnx.Runtime.Frame;

/// <summary>Adds up progress over frames, and looks at cancellation.</summary>
internal sealed class ProgressTracker(IProgress<CodecProgress>? progress, CancellationToken cancel)
{
    private long _input;
    private long _output;
    private long _tokens;

    /// <summary>Some tokens of the frame at hand are coded; bytes are estimated by their share.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public void Tokens(int done, int total, int frameInput, int frameOutput)
    {
        cancel.ThrowIfCancellationRequested();
        var share = (double)done / total;
        progress?.Report(new CodecProgress(
            _input + (long)(frameInput * share), _output + (long)(frameOutput * share), _tokens + done));
    }

    /// <summary>A frame is done.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public void Frame(int input, int output, int tokens)
    {
        cancel.ThrowIfCancellationRequested();
        _input += input;
        _output += output;
        _tokens += tokens;
        progress?.Report(new CodecProgress(_input, _output, _tokens));
    }
}
