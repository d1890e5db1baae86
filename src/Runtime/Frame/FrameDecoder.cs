using NacrithOnnx.Format;

namespace NacrithOnnx.Runtime.Frame;

/// <summary>Decodes the frames of one archive; the model is opened by the first frame that has text.</summary>
internal sealed class FrameDecoder
{
    private readonly NacrithCodec _codec;
    private readonly ArchiveHeader _header;
    private readonly CodecParameters _parameters;
    private string? _plan;

    /// <summary>Prepares for the frames of an archive.</summary>
    /// <param name="codec">Holds the model.</param>
    /// <param name="header">Of the archive.</param>
    /// <param name="memoryLimit">Most bytes to use, or null.</param>
    /// <exception cref="NacrithException">The archive's parameters are wrong, unknown, or ask for more memory.</exception>
    public FrameDecoder(NacrithCodec codec, ArchiveHeader header, long? memoryLimit)
    {
        _codec = codec;
        _header = header;
        _parameters = CodecParameters.FromHeader(header.Parameters, codec.Positions);

        // The usual tables are no archive's choice, like the model; what one asks for beyond them is.
        if (_parameters.TableLength - CodecParameters.Standard.TableLength > memoryLimit)
        {
            throw new LimitExceededException("The archive's parameters ask for tables larger than the memory limit.");
        }
    }

    /// <summary>Decodes a frame, and compares its content hash. The caller has a turn of the codec.</summary>
    public byte[] Decode(DataFrame frame, ProgressTracker tracker)
    {
        tracker.Cancel.ThrowIfCancellationRequested();
        var frameHeader = frame.Header;
        TextSectionCodec? text = null;
        if (frameHeader.TextLength > 0 && _header.Codec is { } identity)
        {
            // Asked for each time: between two frames another archive may have had a turn, with another plan.
            text = _codec.TextCodec(_plan ??= _codec.PlanOf(identity), _parameters);
        }

        var content = FrameCodec.Decode(
            frame, text, _parameters,
            (done, total) => tracker.Tokens(done, total, frameHeader.PayloadLength, frameHeader.OriginalLength));
        frameHeader.Verify(content);
        return content;
    }
}
