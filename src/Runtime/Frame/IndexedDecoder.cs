using NacrithOnnx.Format;

namespace NacrithOnnx.Runtime.Frame;

/// <summary>Decodes any frames of archives in an input that can seek.</summary>
internal sealed class IndexedDecoder(NacrithCodec codec, ContentMap map, long? memoryLimit)
{
    private ArchiveHeader? _archive;
    private FrameDecoder? _decoder;

    /// <summary>Reads a frame; it is decoded before another is read.</summary>
    /// <exception cref="NacrithException">It is damaged, or passes a limit.</exception>
    public DataFrame Read(FrameLocation location)
    {
        var frame = map.ReadFrame(location);
        if (!ReferenceEquals(_archive, location.Archive))
        {
            _decoder = new FrameDecoder(codec, location.Archive, memoryLimit);
            _archive = location.Archive;
        }

        return frame;
    }

    /// <summary>Decodes the frame just read. The caller has a turn of the codec.</summary>
    /// <exception cref="OperationCanceledException">Cancelled; the frame can be decoded again.</exception>
    public byte[] Decode(DataFrame frame, ProgressTracker tracker)
    {
        var content = _decoder!.Decode(frame, tracker);
        tracker.Frame(frame.Header.PayloadLength, content.Length, frame.Header.Text.TokenCount);
        return content;
    }
}
