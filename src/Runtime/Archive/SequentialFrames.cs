using System.Diagnostics.CodeAnalysis;
using System.Runtime.ExceptionServices;
using NacrithOnnx.Format;
using NacrithOnnx.Runtime.Frame;

namespace NacrithOnnx.Runtime.Archive;

/// <summary>
/// All frames of concatenated archives in order. Checks everything, the totals of each archive included.
/// </summary>
internal sealed class SequentialFrames(Stream input, DecompressOptions options, ProgressTracker tracker)
    : IFrameSource, IDisposable
{
    private readonly ContainerReader _reader = new(input, options.Limits, options.Trailing);
    private readonly ContentVerifier _verifier = new();
    private ArchiveHeader? _archive;
    private long _output;
    private bool _ended;
    private ExceptionDispatchInfo? _failure;

    public bool HasFailed => _failure is not null;

    public ValueTask PrefetchAsync(CancellationToken cancel) =>
        _ended || HasFailed ? default : _reader.PrefetchAsync(cancel);

    public bool TryRead(long position, [NotNullWhen(true)] out ArchiveFrame? frame)
    {
        _failure?.Throw();
        try
        {
            return TryReadNext(out frame);
        }
        catch (Exception exception)
        {
            // It may have stopped inside a frame: continuing could misread what follows.
            _failure = ExceptionDispatchInfo.Capture(exception);
            throw;
        }
    }

    public void Add(DataFrame frame, ReadOnlySpan<byte> content)
    {
        _verifier.Add(frame, content);
        _output += content.Length;
        tracker.Total(_reader.Position, _output, frame.Body.Head.TokenCount);
    }

    public void Dispose()
    {
        _reader.Dispose();
        _verifier.Dispose();
    }

    private bool TryReadNext([NotNullWhen(true)] out ArchiveFrame? frame)
    {
        while (!_ended)
        {
            if (_archive is not null)
            {
                if (_reader.TryReadDataFrame(out var data))
                {
                    frame = new ArchiveFrame(_archive, data);
                    return true;
                }

                _verifier.Complete(_reader.End);
            }

            if (!_reader.TryReadArchive(out _archive))
            {
                _ended = true;
                tracker.Total(_reader.Position, _output);
            }
        }

        frame = null;
        return false;
    }
}
