using System.Diagnostics.CodeAnalysis;
using NacrithOnnx.Format;

namespace NacrithOnnx.Runtime.Frame;

/// <summary>
/// Decodes concatenated archives in order, a frame at a time. Reading a frame waits for the input, decoding it for the
/// model; they are two steps, so that one does not hold up the other.
/// </summary>
internal sealed class ArchiveDecoder(NacrithCodec codec, Stream input, DecompressOptions options) : IDisposable
{
    private readonly ContainerReader _reader = new(input, options.Limits, options.Trailing);
    private readonly ContentVerifier _verifier = new();
    private ArchiveHeader? _archive;
    private FrameDecoder? _decoder;
    private long _output;
    private bool _ended;

    /// <summary>Fetches the next frame without taking it; can be repeated after a failure.</summary>
    public ValueTask PrefetchAsync(CancellationToken cancel) => _ended ? default : _reader.PrefetchAsync(cancel);

    /// <summary>Takes the next frame, and compares the totals of the archives that end before it.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="tracker">Told of the end, which lies behind the last frame.</param>
    /// <returns>False at the end of the input.</returns>
    /// <exception cref="NacrithException">The input is no archive, or damaged, or passes a limit.</exception>
    public bool TryRead([NotNullWhen(true)] out DataFrame? frame, ProgressTracker tracker)
    {
        frame = null;
        while (!_ended)
        {
            if (_archive is not null)
            {
                if (_reader.TryReadDataFrame(out frame))
                {
                    return true;
                }

                _verifier.Complete(_reader.End);
                _decoder = null;
            }

            if (!_reader.TryReadArchive(out _archive))
            {
                _ended = true;
                tracker.Total(_reader.Position, _output);
            }
        }

        return false;
    }

    /// <summary>Decodes the frame just taken. The caller has a turn of the codec.</summary>
    /// <exception cref="OperationCanceledException">Cancelled; the frame can be decoded again.</exception>
    public byte[] Decode(DataFrame frame, ProgressTracker tracker)
    {
        _decoder ??= new FrameDecoder(codec, _archive!, options.MemoryLimit);
        var content = _decoder.Decode(frame, tracker);
        _verifier.Add(frame, content);
        _output += content.Length;
        tracker.Total(_reader.Position, _output, frame.Header.Text.TokenCount);
        return content;
    }

    public void Dispose()
    {
        _reader.Dispose();
        _verifier.Dispose();
    }
}
