using System.Diagnostics.CodeAnalysis;

namespace NacrithOnnx.Format;

/// <summary>
/// Reads archives from a stream, forward only. In a large archive the checksums of each frame are verified before the
/// frame is returned, so damage is found before anything is decoded. <see cref="ContentVerifier"/> checks the decoded
/// content; only that protects a small archive.
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
    private SmallArchiveHead? _small;
    private EndFrame? _end;
    private bool _isInArchive;
    private bool _hasStarted;
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
        _end ?? throw new InvalidOperationException("The end of the archive has not been reached.");

    /// <summary>Bytes consumed so far.</summary>
    public long Position => _frames.Source.Position;

    /// <summary>Moves to the first archive, or to the next of several concatenated archives.</summary>
    /// <returns>False at the end of the input.</returns>
    /// <exception cref="NacrithException">The input is not an archive, is damaged, or exceeds a limit.</exception>
    /// <exception cref="InvalidOperationException">The current archive has frames left.</exception>
    public bool TryReadArchive([NotNullWhen(true)] out ArchiveHeader? header)
    {
        if (_isInArchive)
        {
            throw new InvalidOperationException("Read the current archive to its end first.");
        }

        header = null;
        if (!_boundary.TryEnterArchive(first: !_hasStarted, out var form))
        {
            return false;
        }

        _hasStarted = true;
        _isInArchive = true;
        _end = null;
        header = form == ArchiveForm.Small ? EnterSmall() : EnterLarge();
        return header.OriginalLength > _limits.MaxOutputLength - _outputLength ? throw OutputLimit() : true;
    }

    /// <summary>Reads the next data frame of the archive and skips the frames of other programs.</summary>
    /// <returns>False after the last data frame; <see cref="End"/> is then available.</returns>
    /// <exception cref="NacrithException">The archive is damaged or exceeds a limit.</exception>
    /// <exception cref="InvalidOperationException"><see cref="TryReadArchive"/> has not been called.</exception>
    public bool TryReadDataFrame([NotNullWhen(true)] out DataFrame? frame)
    {
        frame = null;
        if (!_hasStarted)
        {
            throw new InvalidOperationException("Call TryReadArchive first.");
        }

        if (!_isInArchive)
        {
            return false;
        }

        if (_small is not null)
        {
            frame = _frames.ReadSmallFrame(_small, _outputLength);
            _outputLength += frame.ContentLength;
            Leave(new(frame.ContentLength, 1, ContentHash: null));
            return true;
        }

        return TryReadDataFrame(_structure!, out frame);
    }

    /// <summary>
    /// Buffers the stream up to the end of the next data frame or of the input, so that the calls that read the frame
    /// do not block. Nothing is consumed or checked, and a call that fails or is cancelled can be repeated.
    /// </summary>
    /// <param name="cancel">Passed to the stream.</param>
    public ValueTask PrefetchAsync(CancellationToken cancel) =>
        _ahead.FetchAsync(isFirst: !_hasStarted, inArchive: _isInArchive && _small is null, cancel);

    /// <summary>Releases the resources of the reader and leaves the stream open.</summary>
    public void Dispose() => _structure?.Dispose();

    private ArchiveHeader EnterSmall()
    {
        _small = _frames.ReadSmallHead(_frames.Source.Position - ArchiveForms.CommonMagicLength);
        return _small.ToHeader();
    }

    private ArchiveHeader EnterLarge()
    {
        var start = _frames.Source.Position - FormatConstants.Magic.Length;
        var header = _frames.ReadArchiveHeader(start);
        _structure?.Dispose();
        _structure = new(header, start);
        return header;
    }

    private void Leave(EndFrame end)
    {
        _end = end;
        _small = null;
        _isInArchive = false;
    }

    private bool TryReadDataFrame(ArchiveStructure structure, [NotNullWhen(true)] out DataFrame? frame)
    {
        while (structure.End is null)
        {
            var head = _frames.ReadHead();
            switch (head.Type)
            {
                case FrameType.Data:
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

        Leave(structure.End);
        frame = null;
        return false;
    }

    private DataFrame ReadData(ArchiveStructure structure, in FrameHead head)
    {
        var frame = _frames.ReadData(head, _outputLength);
        if (frame.ContentLength > _limits.MaxOutputLength - _outputLength)
        {
            throw OutputLimit();
        }

        structure.AddData(head, frame.Body.Head);
        _outputLength += frame.ContentLength;
        return frame;
    }

    private LimitExceededException OutputLimit() =>
        new($"The content is longer than the limit of {_limits.MaxOutputLength} bytes.");
}
