using System.Diagnostics.CodeAnalysis;
using System.Runtime.ExceptionServices;
using NacrithOnnx.Format;
using NacrithOnnx.Runtime.Frame;

namespace NacrithOnnx.Runtime.Archive;

/// <summary>
/// All frames of concatenated archives in order. Checks everything, the totals of each archive included.
/// </summary>
/// <param name="input">Holds the archives.</param>
/// <param name="options">Limits.</param>
/// <param name="all">Receives progress.</param>
internal sealed class SequentialFrames(Stream input, DecompressOptions options, ProgressTracker all)
    : IFrameSource, IDisposable
{
    private readonly ContainerReader _reader = new(input, options.Limits, options.Trailing);
    private readonly ContentVerifier _verifier = new();

    /// <summary>Ends that have been read, each with the number of frames before it.</summary>
    private readonly Queue<(long Frames, EndFrame End)> _ends = [];
    private readonly Lock _lock = new();
    private ArchiveHeader? _archive;
    private long _read;
    private long _added;
    private long _output;
    private bool _ended;
    private ExceptionDispatchInfo? _failure;

    public bool HasFailed => _failure is not null;

    /// <summary>
    /// Whether frames are read before the content of earlier ones is added, possibly on another thread. The caller then
    /// calls <see cref="CheckArchives"/> before it fails, and at the end.
    /// </summary>
    public bool IsAhead { get; set; }

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

    public void Add(ArchiveFrame frame, ReadOnlySpan<byte> content, FrameTracker tracker)
    {
        CheckArchives();
        _verifier.Add(frame.Data, content);
        _added++;
        _output += content.Length;
        all.Total(frame.InputEnd, _output, frame.Data.Body.Head.TokenCount, tracker);
    }

    public void CheckArchives()
    {
        while (NextEnd() is { } end)
        {
            _verifier.Complete(end);
        }

        if (_ended && _added == _read)
        {
            all.Total(_reader.Position, _output);
        }
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
                    frame = new ArchiveFrame(_archive, data, _reader.Position);
                    _read++;
                    return true;
                }

                lock (_lock)
                {
                    _ends.Enqueue((_read, _reader.End));
                }

                CheckUnlessAhead();
            }

            if (!_reader.TryReadArchive(out _archive))
            {
                _ended = true;
                CheckUnlessAhead();
            }
        }

        frame = null;
        return false;
    }

    private void CheckUnlessAhead()
    {
        if (!IsAhead)
        {
            CheckArchives();
        }
    }

    private EndFrame? NextEnd()
    {
        lock (_lock)
        {
            return _ends.TryPeek(out var end) && end.Frames == _added ? _ends.Dequeue().End : null;
        }
    }
}
