namespace NacrithOnnx.Runtime.Frame;

/// <summary>Receives the progress of one frame, and cancels its coding.</summary>
/// <param name="all">Adds it up.</param>
/// <param name="cancel">Cancels.</param>
internal sealed class FrameTracker(ProgressTracker all, CancellationToken cancel)
{
    /// <summary>Learns how frames were coded; null for nobody.</summary>
    public IFrameObserver? Observer => all.Observer;

    /// <summary>Cancels the coding.</summary>
    public CancellationToken Cancel => cancel;

    /// <summary>What the frame has added to the progress so far.</summary>
    public CodecProgress Share { get; set; }

    /// <summary>Reports coded tokens; bytes are estimated by their share.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public void Tokens(int done, int total, int frameInput, int frameOutput)
    {
        cancel.ThrowIfCancellationRequested();
        var share = (double)done / total;
        all.Add(this, new CodecProgress((long)(frameInput * share), (long)(frameOutput * share), done));
    }
}
