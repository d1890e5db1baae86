namespace NacrithOnnx;

/// <summary>Learns how frames were coded, to explain an archive. Where there is none, nothing is recorded.</summary>
internal interface IFrameObserver
{
    /// <summary>Takes the next frame, on the computing thread.</summary>
    void Coded(FrameTrace frame);
}
