using System.Diagnostics.CodeAnalysis;

namespace NacrithOnnx.Format;

/// <summary>
/// Reads archives from a stream, forward only. The checksums of each frame are verified before the frame is returned,
/// so damage is found before anything is decoded. <see cref="ContentVerifier"/> checks the decoded content.
/// </summary>
/// <example><code>
/// using var reader = new ContainerReader(stream);
/// while (reader.TryReadArchive(out var header))
/// {
///     using var verifier = new ContentVerifier();
///     while (reader.TryReadDataFrame(out var frame))
///     {
///         byte[] content = Decode(header, frame);
///         verifier.Add(frame, content);
///     }
///
///     verifier.Complete(reader.End);
/// }
/// </code></example>
public sealed class ContainerReader : IDisposable
{
    private readonly FrameReader _frames;
    private readonly ArchiveBoundary _boundary;
    private readonly ReaderLimits _limits;
    private readonly ReadAhead _ahead;
    private ArchiveStructure? _structure;
    private long _outputLength;

    /// <summary>Creates a reader. It leaves the stream open.</summary>
    /// <param name="stream">Read from its current position. The reader buffers and may read ahead.</param>
    /// <param name="limits">The limits; <see cref="ReaderLimits.Default"/> if null.</param>
    /// <param name="trailing">How to treat foreign bytes after an archive.</param>
    public ContainerReader(Stream stream, ReaderLimits? limits = null, TrailingData trailing = TrailingData.Refuse)
    {
        ArgumentNullException.ThrowIfNull(stream);
        _limits = limits ?? ReaderLimits.Default;
        _frames = new(stream, _limits);
        _boundary = new(_frames.Source, trailing);
        _ahead = new(_frames.Source, _limits);
    }

    /// <summary>Totals of the current archive.</summary>
    /// <exception cref="InvalidOperationException">The end of the archive has not been reached.</exception>
    public EndFrame End =>
        _structure?.End ?? throw new InvalidOperationException("The end of the archive has not been reached.");

    /// <summary>Bytes consumed so far.</summary>
    public long Position => _frames.Source.Position;

    /// <summary>Moves to the first archive, or to the next of several concatenated archives.</summary>
    /// <returns>False at the end of the input.</returns>
    /// <exception cref="NacrithException">The input is not an archive, is damaged, or exceeds a limit.</exception>
    /// <exception cref="InvalidOperationException">The current archive has frames left.</exception>
    public bool TryReadArchive([NotNullWhen(true)] out ArchiveHeader? header)
    {
        if (_structure is { End: null })
        {
            throw new InvalidOperationException("Read the current archive to its end first.");
        }

        header = null;
        if (!_boundary.TryEnterArchive(first: _structure is null))
        {
            return false;
        }

        var start = _frames.Source.Position - FormatConstants.Magic.Length;
        header = _frames.ReadArchiveHeader(start);
        if (header.OriginalLength > _limits.MaxOutputLength - _outputLength)
        {
            throw OutputLimit();
        }

        _structure?.Dispose();
        _structure = new(header, start);
        return true;
    }

    /// <summary>Reads the next data frame of the archive and skips the frames of other programs.</summary>
    /// <returns>False after the last data frame; <see cref="End"/> is then available.</returns>
    /// <exception cref="NacrithException">The archive is damaged or exceeds a limit.</exception>
    /// <exception cref="InvalidOperationException"><see cref="TryReadArchive"/> has not been called.</exception>
    public bool TryReadDataFrame([NotNullWhen(true)] out DataFrame? frame)
    {
        var structure = _structure ?? throw new InvalidOperationException("Call TryReadArchive first.");
        frame = null;
        while (structure.End is null)
        {
            var head = _frames.ReadHead();
            switch (head.Type)
            {
                case FrameType.Data or FrameType.Sole:
                    frame = ReadData(structure, head);
                    return true;
                case FrameType.Index:
                    structure.CheckPayloadLength(head);
                    structure.AddIndex(head, _frames.ReadPayload(head));
                    break;
                case FrameType.End:
                    structure.CheckPayloadLength(head);
                    structure.AddEnd(head, _frames.ReadPayload(head), _frames.Source.Position);
                    break;
                case var _ when head.IsSkippable:
                    _frames.VerifyPayload(head);
                    break;
                default:
                    throw FrameReader.UnknownType(head);
            }
        }

        return false;
    }

    /// <summary>
    /// Buffers the stream up to the end of the next data frame or of the input, so that the calls that read the frame
    /// do not block. Nothing is consumed or checked, and a call that fails or is cancelled can be repeated.
    /// </summary>
    /// <param name="cancel">Passed to the stream.</param>
    public ValueTask PrefetchAsync(CancellationToken cancel) =>
        _ahead.FetchAsync(isFirst: _structure is null, inArchive: _structure is { End: null }, cancel);

    /// <summary>Releases the resources of the reader and leaves the stream open.</summary>
    public void Dispose() => _structure?.Dispose();

    private DataFrame ReadData(ArchiveStructure structure, in FrameHead head)
    {
        var header = DataFrameHeaderCodec.Read(head.Header, head.PayloadLength, head.Offset);
        DataFrameRules.CheckLimits(header, head.Offset, _limits);
        if (header.OriginalLength > _limits.MaxOutputLength - _outputLength)
        {
            throw OutputLimit();
        }

        var originalStart = _outputLength;
        structure.AddData(head, header);
        _outputLength += header.OriginalLength;
        return new(header, _frames.ReadPayload(head), head.Offset, originalStart);
    }

    private LimitExceededException OutputLimit() =>
        new($"The content is longer than the limit of {_limits.MaxOutputLength} bytes.");
}
