using System.Buffers;

namespace NacrithOnnx.Format;

/// <summary>
/// Writes an archive to a stream, forward only: a header, data frames, an end. Content of one frame becomes a small
/// archive where that is possible, so the first frame is held back until a second frame, a flush or the end.
/// </summary>
public sealed class ContainerWriter : IDisposable
{
    private readonly Stream _stream;
    private readonly ArrayBufferWriter<byte> _buffer = new();
    private readonly ArrayBufferWriter<byte> _map = new();
    private readonly ArrayBufferWriter<byte> _body = new();
    private readonly ArrayBufferWriter<byte> _index = new();
    private readonly SmallArchiveWriter _small = new();
    private readonly Sha256 _content = new();
    private readonly bool _withIndex;
    private ArchiveHeader? _archive;
    private bool _holds;
    private bool _heldLacksDictionary;
    private bool _ended;
    private long _written;
    private long _frameCount;
    private long _originalLength;
    private long _heldStart;

    /// <summary>Creates a writer. It leaves the stream open.</summary>
    /// <param name="stream">Written from its current position; need not be seekable.</param>
    /// <param name="withIndex">Whether a large archive gets an index of 16 bytes per frame.</param>
    public ContainerWriter(Stream stream, bool withIndex = true)
    {
        ArgumentNullException.ThrowIfNull(stream);
        _stream = stream;
        _withIndex = withIndex;
    }

    /// <summary>Sets the archive header, which a large archive begins with.</summary>
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
        WriteFrame(new() { Original = original, Regions = [new(RegionKind.Stored, 0, original.Length)] });

    /// <summary>Writes a frame.</summary>
    /// <param name="content">Its content, not empty.</param>
    /// <exception cref="ArgumentException">
    /// The parts contradict each other or the header, or are outside the bounds of the format.
    /// </exception>
    public void WriteFrame(in BodyContent content)
    {
        var archive = OpenArchive();
        Check(content, archive);
        ReleaseHeldFrame();
        _content.Append(content.Original);
        BodyWriter.Write(_body, content, BodyContainer.DataFrame);
        new DataFrameHeader(content.Original.Length, Checksum.Of(content.Original)).Write(_map);
        var rest = _body.WrittenSpan[1..];
        if (_frameCount == 0 && _written == 0 && SmallArchiveWriter.Fits(archive, content, rest.Length))
        {
            _small.Hold(archive, content, rest);
        }

        _holds = true;
        _heldLacksDictionary =
            archive.Dictionary is not null && !content.HasDictionary && content.HasKind(RegionKind.Text);
        _heldStart = _originalLength;
        _frameCount++;
        _originalLength += content.Original.Length;
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
        ReleaseHeldFrame();
        SendFrame(type, [], payload);
    }

    /// <summary>Writes what is held back, which makes the archive a large one.</summary>
    public void Flush()
    {
        ReleaseHeldFrame();
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

        if (_frameCount == 0 && _written == 0)
        {
            _small.Hold(archive, default, []);
        }

        if (_small.HoldsArchive)
        {
            _small.Write(_stream, _holds ? _body.WrittenSpan[1..] : []);
        }
        else
        {
            ReleaseHeldFrame();
            WriteIndexAndEnd();
        }

        _ended = true;
        _stream.Flush();
    }

    /// <summary>Releases the resources of the writer. Writes nothing and leaves the stream open.</summary>
    public void Dispose() => _content.Dispose();

    private void Check(in BodyContent content, ArchiveHeader archive)
    {
        var isCoded = content.Tag(BodyContainer.DataFrame).Kind != BodyKind.Stored;
        Require(!content.Original.IsEmpty, "The content is empty.");
        BodyContentCheck.Check(content, BodyContainer.DataFrame);
        var coded = (long)content.TextPayload.Length + content.BytesPayload.Length;
        Require(coded <= FormatConstants.MaxFrameOriginalLength, "The payload is too long.");
        Require(
            content.Original.Length <= (archive.OriginalLength ?? long.MaxValue) - _originalLength,
            "The content exceeds the length in the archive header.");
        Require(!isCoded || archive.NamesParameters, "Coded content needs an archive header with its parameters.");
        Require(!isCoded || content.Profile == archive.Profile, "The profile is not that of the archive header.");
        Require(
            archive.Model is not null || !content.HasKind(RegionKind.Text),
            "A text region needs an archive header with a model.");
        Require(
            archive.Dictionary is not null || !content.HasDictionary,
            "The dictionary is missing in the archive header.");
    }

    private void WriteIndexAndEnd()
    {
        var indexOffset = _written + _buffer.WrittenCount;
        var withIndex = _withIndex && _frameCount is > 0 and <= FormatConstants.MaxIndexEntries;
        if (withIndex)
        {
            SendFrame(FrameType.Index, [], _index.WrittenSpan);
        }

        new EndFrame(_originalLength, _frameCount, Sha256Digest.Finish(_content)).Write(_map);
        byte[] footer = [];
        if (withIndex)
        {
            // Everything but the footer is known, so the length of the archive is known before the footer is written.
            FrameWriter.WriteHead(_buffer, FrameType.End, _map.WrittenSpan, FormatConstants.FooterLength);
            var archiveLength =
                _written + _buffer.WrittenCount + FormatConstants.FooterLength + FormatConstants.ChecksumLength;
            footer = new IndexFooter(archiveLength - indexOffset, archiveLength).ToArray();
            _buffer.ResetWrittenCount();
        }

        SendFrame(FrameType.End, _map.WrittenSpan, footer);
    }

    private void ReleaseHeldFrame()
    {
        if (!_holds)
        {
            return;
        }

        // All frames of a large archive have the dictionary of its header.
        if (_heldLacksDictionary)
        {
            throw new InvalidOperationException("The first frame was coded without the dictionary of the archive.");
        }

        _small.Drop();
        if (_withIndex && _frameCount <= FormatConstants.MaxIndexEntries)
        {
            var entry = new IndexEntry(_written + _buffer.WrittenCount, _heldStart);
            entry.CopyTo(_index.GetSpan(FormatConstants.IndexEntryLength));
            _index.Advance(FormatConstants.IndexEntryLength);
        }

        SendFrame(FrameType.Data, _map.WrittenSpan, _body.WrittenSpan);
        _map.ResetWrittenCount();
        _body.ResetWrittenCount();
        _holds = false;
    }

    private ArchiveHeader OpenArchive()
    {
        if (_archive is null || _ended)
        {
            throw new InvalidOperationException("Write the header first and the end last, each once.");
        }

        return _archive;
    }

    private void SendFrame(FrameType type, ReadOnlySpan<byte> map, ReadOnlySpan<byte> payload)
    {
        FrameWriter.WriteHead(_buffer, type, map, payload.Length);
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

    private static void Require(bool condition, string message)
    {
        if (!condition)
        {
            throw new ArgumentException(message);
        }
    }
}
