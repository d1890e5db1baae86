using NacrithOnnx.Format;

namespace NacrithOnnx.Runtime.Frame;

/// <summary>Decodes the frames of one archive; the model is opened by the first frame that has text.</summary>
internal sealed class FrameDecoder(NacrithCodec codec, ArchiveHeader header)
{
    private readonly CodecParameters _parameters = CodecParameters.FromHeader(header.Parameters, codec.Positions);
    private string? _plan;

    /// <summary>Decodes a frame, and compares its content hash. The caller has a turn of the codec.</summary>
    public byte[] Decode(DataFrame frame, ProgressTracker tracker)
    {
        tracker.Cancel.ThrowIfCancellationRequested();
        var frameHeader = frame.Header;
        TextSectionCodec? text = null;
        if (frameHeader.TextLength > 0 && header.Codec is { } identity)
        {
            // Asked for each time: between two frames another archive may have had a turn, with another plan.
            text = codec.TextCodec(_plan ??= codec.PlanOf(identity), _parameters);
        }

        var content = FrameCodec.Decode(
            frame, text, _parameters,
            (done, total) => tracker.Tokens(done, total, frameHeader.PayloadLength, frameHeader.OriginalLength));
        frameHeader.Verify(content);
        return content;
    }
}
