namespace NacrithOnnx.Tests.Support;

/// <summary>Keeps what a codec tells of its frames.</summary>
internal sealed class FrameList : IFrameObserver
{
    public List<FrameTrace> Frames { get; } = [];

    public void Coded(FrameTrace frame) => Frames.Add(frame);
}
