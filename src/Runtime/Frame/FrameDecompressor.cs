using NacrithOnnx.Format;
using NacrithOnnx.Runtime.Bytes;
using NacrithOnnx.Runtime.Engine;
using NacrithOnnx.Runtime.Kernels;
using NacrithOnnx.Runtime.Model;
using NacrithOnnx.Runtime.Segment;
using NacrithOnnx.Runtime.Text;

namespace NacrithOnnx.Runtime.Frame;

/// <summary>Decompresses the frames of one archive.</summary>
internal sealed class FrameDecompressor
{
    private readonly CodecParameters _parameters;
    private readonly NacrithEngine _engine;
    private readonly CodecIdentity? _identity;
    private ArithmeticPlan? _plan;

    /// <summary>Prepares for the frames of an archive.</summary>
    /// <param name="engine">Holds the model.</param>
    /// <param name="archive">Header of the archive.</param>
    /// <param name="memoryLimit">Most bytes to use, or null.</param>
    /// <exception cref="NacrithException">The archive's parameters are wrong, unknown, or ask for more memory.</exception>
    public FrameDecompressor(NacrithEngine engine, ArchiveHeader archive, long? memoryLimit)
    {
        _engine = engine;
        _identity = archive.Codec;
        _parameters = CodecParameters.FromHeader(archive.Parameters, ExactArithmetic.MaxPositions);

        // The standard tables are not the archive's choice, just as the model is not; what it asks for beyond them is.
        if (_parameters.TableLength - CodecParameters.Standard.TableLength > memoryLimit)
        {
            throw new LimitExceededException("The archive's parameters ask for tables larger than the memory limit.");
        }
    }

    /// <summary>Decompresses a frame, and compares its content hash.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="turn">The engine's turn.</param>
    /// <param name="tracker">Receives progress; cancels.</param>
    /// <exception cref="NacrithException">The frame is damaged, or its archive was made with another model.</exception>
    public byte[] Decompress(DataFrame frame, Turn turn, ProgressTracker tracker)
    {
        tracker.Cancel.ThrowIfCancellationRequested();
        var header = frame.Header;
        var texts = header.TextLength > 0 ? DecodeText(frame, turn, tracker) : [];
        var bytes = new byte[header.BytesLength];
        if (bytes.Length > 0)
        {
            ByteCoder.Decompress(frame.BytesPayload, bytes, _parameters.Bytes);
        }

        var content = Join(frame, texts, bytes);
        header.Verify(content);
        return content;
    }

    private List<TextRegion> DecodeText(DataFrame frame, Turn turn, ProgressTracker tracker)
    {
        var identity = _identity ?? throw new CorruptArchiveException("There is text in an archive that names no model.");
        _plan ??= _engine.PlanOf(identity);
        if (_parameters.Window.Context > _engine.Positions)
        {
            throw new CorruptArchiveException(
                $"The archive asks for a context of {_parameters.Window.Context}, but its model has {_engine.Positions} positions.");
        }

        // Asked for in each turn: another archive may have had the last one, with another plan.
        var codec = turn.TextCodec(_plan.Value, _parameters.Window, _parameters.Predictor);
        var header = frame.Header;
        return codec.Decode(
            frame, (done, total) => tracker.Tokens(done, total, header.PayloadLength, header.OriginalLength));
    }

    /// <summary>Puts the regions of a frame together.</summary>
    private static byte[] Join(DataFrame frame, List<TextRegion> texts, ReadOnlySpan<byte> bytesLeft)
    {
        var header = frame.Header;
        var content = new byte[header.OriginalLength];
        var position = 0;
        var nextText = 0;
        var storedLeft = frame.StoredBytes;
        foreach (var region in header.Regions)
        {
            var target = content.AsSpan(position, region.OriginalLength);
            position += region.OriginalLength;
            switch (region.Kind)
            {
                case RegionKind.Text:
                    var coded = texts[nextText++];
                    TextTransform.Invert(coded.Transform, coded.Text, target.Length).CopyTo(target);
                    break;
                case RegionKind.Bytes when region.TransformId != 0:
                    throw new UnsupportedVersionException($"Transform {region.TransformId} of bytes is not known to this version.");
                case RegionKind.Bytes:
                    bytesLeft[..target.Length].CopyTo(target);
                    bytesLeft = bytesLeft[target.Length..];
                    break;
                default:
                    storedLeft[..target.Length].CopyTo(target);
                    storedLeft = storedLeft[target.Length..];
                    break;
            }
        }

        return content;
    }
}
