using System.Diagnostics.CodeAnalysis;

namespace NacrithOnnx.Format;

/// <summary>
/// Reads archives from a stream, forward only. Each frame comes out with its header and payload checksums verified, so
/// damage shows before anything is decoded. What only decoding can show is checked by <see cref="ContentVerifier"/>.
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
    private readonly FrameScanner _scanner;
    private readonly ArchiveBoundary _boundary;
    private readonly ReaderLimits _limits;
    private readonly ReadAhead _ahead;
    private ArchiveStructure? _structure;
    private long _outputLength;

    /// <summary>Makes a reader. It leaves the stream open.</summary>
    /// <param name="stream">Read from where it stands, in one direction; buffered, so it may be read ahead.</param>
    /// <param name="limits">What to refuse; <see cref="ReaderLimits.Default"/> if null.</param>
    /// <param name="trailing">What to do with foreign bytes behind an archive.</param>
    public ContainerReader(Stream stream, ReaderLimits? limits = null, TrailingData trailing = TrailingData.Refuse)
    {
        ArgumentNullException.ThrowIfNull(stream);
        _limits = limits ?? ReaderLimits.Default;
        _scanner = new(stream, _limits);
        _boundary = new(_scanner.Source, trailing);
        _ahead = new(_scanner.Source, _limits);
    }

    /// <summary>Totals of the archive just read to its end.</summary>
    /// <exception cref="InvalidOperationException">Its end has not been reached.</exception>
    public EndFrame End =>
        _structure?.End ?? throw new InvalidOperationException("The end of the archive has not been reached.");

    /// <summary>Bytes read so far, for progress.</summary>
    public long Position => _scanner.Source.Position;

    /// <summary>Moves to the first archive, or to the next of several concatenated ones.</summary>
    /// <returns>False where the input ends.</returns>
    /// <exception cref="NacrithException">The input is no archive, or is damaged, or is refused by a limit.</exception>
    /// <exception cref="InvalidOperationException">The archive at hand has frames left.</exception>
    public bool TryReadArchive([NotNullWhen(true)] out ArchiveHeader? header)
    {
        if (_structure is { End: null })
        {
            throw new InvalidOperationException("Read the archive at hand to its end first.");
        }

        header = null;
        if (!_boundary.TryEnterArchive(first: _structure is null))
        {
            return false;
        }

        var start = _scanner.Source.Position - FormatConstants.Magic.Length;
        header = _scanner.ReadArchiveHeader(start);
        if (header.OriginalLength > _limits.MaxOutputLength - _outputLength)
        {
            throw OutputLimit();
        }

        _structure?.Dispose();
        _structure = new(header, start);
        return true;
    }

    /// <summary>Reads the next data frame of the archive, passing over frames of other programs.</summary>
    /// <returns>False behind the last one; then <see cref="End"/> is there.</returns>
    /// <exception cref="NacrithException">The archive is damaged or refused by a limit.</exception>
    /// <exception cref="InvalidOperationException">No archive has been entered.</exception>
    public bool TryReadDataFrame([NotNullWhen(true)] out DataFrame? frame)
    {
        var structure = _structure ?? throw new InvalidOperationException("Enter an archive first.");
        frame = null;
        while (structure.End is null)
        {
            var raw = _scanner.ReadFrame();
            switch (raw.Type)
            {
                case FrameType.Data or FrameType.Sole:
                    frame = ReadData(structure, raw);
                    return true;
                case FrameType.Index:
                    structure.CheckPayloadLength(raw);
                    structure.AddIndex(raw, _scanner.ReadPayload(raw));
                    break;
                case FrameType.End:
                    structure.CheckPayloadLength(raw);
                    structure.AddEnd(raw, _scanner.ReadPayload(raw), _scanner.Source.Position);
                    break;
                case var _ when raw.IsSkippable:
                    _scanner.VerifyPayload(raw);
                    break;
                default:
                    throw FrameScanner.UnknownType(raw);
            }
        }

        return false;
    }

    /// <summary>
    /// Reads the stream up to the end of the next data frame, or of the input, into memory, so that the calls which take
    /// that frame do not wait. Nothing is taken or checked, and a call that fails or is cancelled can be repeated.
    /// </summary>
    /// <param name="cancel">Handed to the stream.</param>
    public ValueTask PrefetchAsync(CancellationToken cancel) =>
        _ahead.FetchAsync(isFirst: _structure is null, inArchive: _structure is { End: null }, cancel);

    /// <summary>Lets go of what the reader holds; the stream stays open.</summary>
    public void Dispose() => _structure?.Dispose();

    private DataFrame ReadData(ArchiveStructure structure, in RawFrame raw)
    {
        var header = DataFrameHeaderCodec.Read(raw.Header, raw.PayloadLength, raw.Offset);
        DataFrameRules.CheckLimits(header, raw.Offset, _limits);
        if (header.OriginalLength > _limits.MaxOutputLength - _outputLength)
        {
            throw OutputLimit();
        }

        var originalStart = _outputLength;
        structure.AddData(raw, header);
        _outputLength += header.OriginalLength;
        return new(header, _scanner.ReadPayload(raw), raw.Offset, originalStart);
    }

    private LimitExceededException OutputLimit() =>
        new($"The archive holds more than the {_limits.MaxOutputLength} bytes that may be written.");
}
