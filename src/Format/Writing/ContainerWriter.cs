using System.Buffers;

namespace NacrithOnnx.Format;

/// <summary>
/// Writes an archive to a stream, forward only: a header, data frames, an end. An archive with one data frame takes the
/// shorter form with a sole frame, so the header and the first frame are held back until a second frame, a flush or the
/// end. If a sole frame is stored whole, decoding needs nothing from the header, and an empty header is written: stored
/// content of less than 2 MiB grows by at most 60 bytes.
/// </summary>
public sealed class ContainerWriter : IDisposable
{
    private readonly Stream _stream;
    private readonly ArrayBufferWriter<byte> _buffer = new();
    private readonly ArrayBufferWriter<byte> _header = new();
    private readonly ArrayBufferWriter<byte> _payload = new();
    private readonly ArrayBufferWriter<byte> _index = new();
    private readonly Sha256 _content = new();
    private readonly bool _withIndex;
    private ArchiveHeader? _archive;
    private bool _held;
    private bool _heldIsStored;
    private byte[]? _heldContent;
    private bool _ended;
    private long _written;
    private long _frameCount;
    private long _originalLength;
    private long _heldStart;

    /// <summary>Creates a writer. It leaves the stream open.</summary>
    /// <param name="stream">Written from its current position; need not be seekable.</param>
    /// <param name="withIndex">Whether an archive of several frames gets an index of 16 bytes per frame.</param>
    public ContainerWriter(Stream stream, bool withIndex = true)
    {
        ArgumentNullException.ThrowIfNull(stream);
        _stream = stream;
        _withIndex = withIndex;
    }

    /// <summary>
    /// Whether the content of an archive with one frame is stored if that is shorter. On a few bytes of content, a
    /// codec saves less than the 110 bytes of the header that names its model.
    /// </summary>
    public bool StoresWhereShorter { get; init; }

    /// <summary>Sets the archive header, which is written with the first frame.</summary>
    /// <exception cref="ArgumentException">A field is outside the bounds of the format.</exception>
    public void WriteHeader(ArchiveHeader header)
    {
        ArgumentNullException.ThrowIfNull(header);
        if (_archive is not null)
        {
            throw new InvalidOperationException("The header has been written.");
        }

        ArchiveHeaderCodec.Write(_buffer, header);
        _archive = header;
    }

    /// <summary>Writes a frame of stored content.</summary>
    /// <param name="original">The content, from 1 byte to <see cref="FormatConstants.MaxFrameOriginalLength"/>.</param>
    public void WriteStoredFrame(ReadOnlySpan<byte> original) =>
        WriteDataFrame(original, [new(RegionKind.Stored, 0, original.Length)], default, default, default);

    /// <summary>Writes a frame.</summary>
    /// <param name="original">The content, for the content hash and the stored regions.</param>
    /// <param name="regions">The regions; their lengths add up to that of the content.</param>
    /// <param name="text">Tokens and lanes of the text regions; default if there are none.</param>
    /// <param name="textPayload">The coded text regions.</param>
    /// <param name="bytesPayload">The coded bytes regions.</param>
    /// <exception cref="ArgumentException">
    /// The parts contradict each other or are outside the bounds of the format.
    /// </exception>
    public void WriteDataFrame(
        ReadOnlySpan<byte> original,
        ReadOnlySpan<Region> regions,
        TextSection text,
        ReadOnlySpan<byte> textPayload,
        ReadOnlySpan<byte> bytesPayload)
    {
        var archive = OpenArchive();
        var hash = Sha256Digest.Compute(original).ContentHash;
        var header = new DataFrameHeader(hash, regions.ToArray(), text, textPayload.Length, bytesPayload.Length);
        DataFrameRules.Check(header, original.Length, archive);
        if (header.OriginalLength > (archive.OriginalLength ?? long.MaxValue) - _originalLength)
        {
            throw new ArgumentException("The content exceeds the length in the archive header.", nameof(original));
        }

        ReleaseHeldFrame(FrameType.Data);
        _content.Append(original);
        DataFrameHeaderCodec.Write(_header, header);
        _heldIsStored = header.StoredLength == header.OriginalLength;
        if (StoresWhereShorter && !_heldIsStored && _frameCount == 0 && _written == 0
            && original.Length < _buffer.WrittenCount + _header.WrittenCount + header.PayloadLength)
        {
            _heldContent = original.ToArray();
        }

        _payload.Write(textPayload);
        _payload.Write(bytesPayload);
        foreach (var region in regions)
        {
            if (region.Kind == RegionKind.Stored)
            {
                _payload.Write(original[..region.OriginalLength]);
            }

            original = original[region.OriginalLength..];
        }

        _held = true;
        _heldStart = _originalLength;
        _frameCount++;
        _originalLength += header.OriginalLength;
    }

    /// <summary>Writes a frame that readers skip.</summary>
    /// <param name="type">From <see cref="FrameType.FirstSkippable"/> to <see cref="FrameType.LastSkippable"/>.</param>
    /// <param name="payload">Any bytes.</param>
    public void WriteSkippableFrame(FrameType type, ReadOnlySpan<byte> payload)
    {
        if (type is < FrameType.FirstSkippable or > FrameType.LastSkippable)
        {
            throw new ArgumentOutOfRangeException(nameof(type), type, "The type is not skippable.");
        }

        OpenArchive();
        ReleaseHeldFrame(FrameType.Data);
        SendFrame(type, [], payload);
    }

    /// <summary>Writes what is held back. An archive with a frame written by then ends with an end frame.</summary>
    public void Flush()
    {
        ReleaseHeldFrame(FrameType.Data);
        SendBuffer();
        _stream.Flush();
    }

    /// <summary>Ends the archive and flushes. An archive without its end is refused as truncated.</summary>
    public void WriteEnd()
    {
        var archive = OpenArchive();
        if (archive.OriginalLength is long promised && promised != _originalLength)
        {
            throw new InvalidOperationException(
                $"The archive header claims {promised} bytes of content; {_originalLength} were written.");
        }

        if (_frameCount == 0)
        {
            DataFrameHeaderCodec.Write(_header, new(Sha256Digest.Compute([]).ContentHash, [], default, 0, 0));
            _held = true;
            _heldIsStored = true;
        }

        if (_held && _frameCount <= 1)
        {
            StoreIfShorter();
            if (_heldIsStored && _written == 0)
            {
                _buffer.ResetWrittenCount();
                ArchiveHeaderCodec.Write(_buffer, new());
            }

            ReleaseHeldFrame(FrameType.Sole);
        }
        else
        {
            ReleaseHeldFrame(FrameType.Data);
            WriteIndexAndEnd();
        }

        _ended = true;
        _stream.Flush();
    }

    /// <summary>Releases the resources of the writer. Writes nothing and leaves the stream open.</summary>
    public void Dispose() => _content.Dispose();

    private void StoreIfShorter()
    {
        if (_heldContent is not { } content)
        {
            return;
        }

        var stored = new ArrayBufferWriter<byte>();
        var region = new Region(RegionKind.Stored, 0, content.Length);
        DataFrameHeaderCodec.Write(stored, new(Sha256Digest.Compute(content).ContentHash, [region], default, 0, 0));
        var empty = new ArrayBufferWriter<byte>();
        ArchiveHeaderCodec.Write(empty, new());
        if (empty.WrittenCount + stored.WrittenCount + content.Length
            >= _buffer.WrittenCount + _header.WrittenCount + _payload.WrittenCount)
        {
            return;
        }

        _header.ResetWrittenCount();
        _header.Write(stored.WrittenSpan);
        _payload.ResetWrittenCount();
        _payload.Write(content);
        _heldIsStored = true;
    }

    private void WriteIndexAndEnd()
    {
        var indexOffset = _written;
        var withIndex = _withIndex && _frameCount is > 0 and <= FormatConstants.MaxIndexEntries;
        if (withIndex)
        {
            SendFrame(FrameType.Index, [], _index.WrittenSpan);
        }

        new EndFrame(_originalLength, _frameCount, Sha256Digest.Finish(_content)).Write(_header);
        byte[] footer = [];
        if (withIndex)
        {
            // Everything but the footer is known, so the length of the archive is known before the footer is written.
            FrameWriter.WriteHead(_buffer, FrameType.End, _header.WrittenSpan, FormatConstants.FooterLength);
            var archiveLength =
                _written + _buffer.WrittenCount + FormatConstants.FooterLength + FormatConstants.ChecksumLength;
            footer = new IndexFooter(archiveLength - indexOffset, archiveLength).ToArray();
            _buffer.ResetWrittenCount();
        }

        SendFrame(FrameType.End, _header.WrittenSpan, footer);
    }

    private void ReleaseHeldFrame(FrameType type)
    {
        if (!_held)
        {
            return;
        }

        if (_withIndex && _frameCount <= FormatConstants.MaxIndexEntries)
        {
            var entry = new IndexEntry(_written + _buffer.WrittenCount, _heldStart);
            entry.CopyTo(_index.GetSpan(FormatConstants.IndexEntryLength));
            _index.Advance(FormatConstants.IndexEntryLength);
        }

        SendFrame(type, _header.WrittenSpan, _payload.WrittenSpan);
        _header.ResetWrittenCount();
        _payload.ResetWrittenCount();
        _heldContent = null;
        _held = false;
    }

    private ArchiveHeader OpenArchive()
    {
        if (_archive is null || _ended)
        {
            throw new InvalidOperationException("Write the header first and the end last, each once.");
        }

        return _archive;
    }

    private void SendFrame(FrameType type, ReadOnlySpan<byte> header, ReadOnlySpan<byte> payload)
    {
        FrameWriter.WriteHead(_buffer, type, header, payload.Length);
        SendBuffer();
        if (payload.Length > 0)
        {
            _stream.Write(payload);
            _written += payload.Length;
            FrameWriter.WriteChecksum(_buffer, payload);
            SendBuffer();
        }
    }

    private void SendBuffer()
    {
        _stream.Write(_buffer.WrittenSpan);
        _written += _buffer.WrittenCount;
        _buffer.ResetWrittenCount();
    }
}
