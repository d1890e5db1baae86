using NacrithOnnx.Format;

namespace NacrithOnnx.Runtime.Frame;

/// <summary>Decodes the frames of one archive; the model is opened by the first frame that has text.</summary>
internal sealed class FrameDecoder(NacrithCodec codec, ArchiveHeader header)
{
    private readonly CodecParameters _parameters = CodecParameters.FromHeader(header.Parameters, codec.Positions);
    private TextSectionCodec? _text;

    public byte[] Decode(DataFrame frame, ProgressTracker tracker)
    {
        if (_text is null && frame.Header.TextLength > 0 && header.Codec is { } identity)
        {
            _text = codec.TextCodec(codec.PlanOf(identity), _parameters);
        }

        return FrameCodec.Decode(
            frame, _text, _parameters,
            (done, total) => tracker.Tokens(done, total, frame.Header.PayloadLength, frame.Header.OriginalLength));
    }
}
