using System.IO.Compression;

namespace NacrithOnnx;

/// <summary>
/// A stream that compresses what is written to it, or reads as the content of an archive, as
/// <see cref="System.IO.Compression.GZipStream"/> does. It holds one frame, 4 MiB of content: memory does not grow with the
/// length. One call at a time.
/// </summary>
/// <remarks>
/// <para>
/// Writing: content is computed when a frame is full and when the archive is completed, which for most content is where
/// all the time goes; <see cref="CompleteAsync"/> does it with cancellation, disposing does it without. The archive is the
/// same whatever the lengths of the writes. After a call that failed or was cancelled, content is missing: further writes
/// are refused, and disposing leaves an archive that reads as truncated (or nothing, where nothing was written yet).
/// </para>
/// <para>
/// Reading: archives one behind the other read as one. Bytes come out when the checksum of their frame has been compared.
/// If the base stream can seek, so can this one, by the archive's index: a read decodes the frame that it needs. A call
/// that was cancelled can be repeated.
/// </para>
/// <para>
/// Asynchronous calls use the asynchronous calls of the base stream, and compute on the thread pool. After a seek, and
/// behind megabytes of padding or of frames of other programs, they read the base stream synchronously there.
/// </para>
/// </remarks>
public sealed partial class NacrithStream : Stream
{
    private readonly Stream _base;
    private readonly bool _leaveOpen;
    private readonly SingleCall _call = new();
    private readonly IArchiveWriter? _writer;
    private readonly IArchiveReader? _reader;
    private bool _disposed;

    /// <summary>Makes a stream with the default options.</summary>
    /// <param name="stream">Holds or receives the archive, from where it stands.</param>
    /// <param name="codec">Computes; may be shared with other streams, and stays open.</param>
    /// <param name="mode">Whether to write or to read.</param>
    /// <param name="leaveOpen">Whether <paramref name="stream"/> stays open when this one is disposed.</param>
    /// <exception cref="ArgumentException">The stream cannot be read or written as it must.</exception>
    public NacrithStream(Stream stream, ICodec codec, CompressionMode mode, bool leaveOpen = false)
        : this(
            stream,
            mode == CompressionMode.Compress ? Writer(stream, codec, new CompressOptions(), null) : null,
            mode switch
            {
                CompressionMode.Compress => null,
                CompressionMode.Decompress => Reader(stream, codec, new DecompressOptions(), null),
                _ => throw new ArgumentOutOfRangeException(nameof(mode), mode, "There is no such mode."),
            },
            leaveOpen)
    {
    }

    /// <summary>Makes a stream to write content to.</summary>
    /// <param name="stream">Receives the archive, from where it stands.</param>
    /// <param name="codec">Computes; may be shared with other streams, and stays open.</param>
    /// <param name="options">How hard to try.</param>
    /// <param name="leaveOpen">Whether <paramref name="stream"/> stays open when this one is disposed.</param>
    /// <param name="progress">Told now and then, on the thread that computes; must not use the codec.</param>
    /// <exception cref="ArgumentException">The stream cannot be written.</exception>
    public NacrithStream(
        Stream stream, ICodec codec, CompressOptions options, bool leaveOpen = false,
        IProgress<CodecProgress>? progress = null)
        : this(stream, Writer(stream, codec, options, progress), null, leaveOpen)
    {
    }

    /// <summary>Makes a stream to read content from.</summary>
    /// <param name="stream">Holds archives, from where it stands to its end.</param>
    /// <param name="codec">Computes; may be shared with other streams, and stays open.</param>
    /// <param name="options">Limits. Without a range: seek instead.</param>
    /// <param name="leaveOpen">Whether <paramref name="stream"/> stays open when this one is disposed.</param>
    /// <param name="progress">Told now and then, on the thread that computes; must not use the codec.</param>
    /// <exception cref="ArgumentException">The stream cannot be read, or the options have a range.</exception>
    public NacrithStream(
        Stream stream, ICodec codec, DecompressOptions options, bool leaveOpen = false,
        IProgress<CodecProgress>? progress = null)
        : this(stream, null, Reader(stream, codec, options, progress), leaveOpen)
    {
    }

    /// <summary>Makes a stream over a writer or a reader, which it owns.</summary>
    internal NacrithStream(Stream stream, IArchiveWriter? writer, IArchiveReader? reader, bool leaveOpen)
    {
        _base = stream;
        _writer = writer;
        _reader = reader;
        _leaveOpen = leaveOpen;
    }

    /// <inheritdoc/>
    public override bool CanRead => _reader is not null && !_disposed;

    /// <inheritdoc/>
    public override bool CanWrite => _writer is not null && !_disposed;

    /// <summary>Whether content can be read from any position: where the base stream can.</summary>
    public override bool CanSeek => _reader is not null && !_disposed && _base.CanSeek;

    /// <summary>Bytes of content written or read so far; setting it seeks.</summary>
    /// <exception cref="NotSupportedException">Set where the stream cannot seek.</exception>
    /// <exception cref="NacrithException">The archive is damaged, or refused by a limit.</exception>
    public override long Position
    {
        get => _writer?.Position ?? _reader!.Position;
        set => SeekTo(value);
    }

    /// <summary>Not supported: content has the length that is written.</summary>
    /// <exception cref="NotSupportedException">Always.</exception>
    public override void SetLength(long value) => throw new NotSupportedException("The length cannot be set.");

    /// <summary>Completes the archive unless a call has failed, and closes the base stream unless it stays open.</summary>
    public override async ValueTask DisposeAsync()
    {
        if (!_disposed)
        {
            using (_call.Begin())
            {
                _disposed = true;
                try
                {
                    if (_writer is { IsComplete: false, HasFailed: false })
                    {
                        await _writer.CompleteAsync(CancellationToken.None).ConfigureAwait(false);
                    }
                }
                finally
                {
                    Release();
                    if (!_leaveOpen)
                    {
                        await _base.DisposeAsync().ConfigureAwait(false);
                    }
                }
            }
        }

        await base.DisposeAsync().ConfigureAwait(false);
    }

    /// <inheritdoc cref="DisposeAsync"/>
    protected override void Dispose(bool disposing)
    {
        if (disposing && !_disposed)
        {
            using (_call.Begin())
            {
                _disposed = true;
                try
                {
                    if (_writer is { IsComplete: false, HasFailed: false })
                    {
                        _writer.Complete(CancellationToken.None);
                    }
                }
                finally
                {
                    Release();
                    if (!_leaveOpen)
                    {
                        _base.Dispose();
                    }
                }
            }
        }

        base.Dispose(disposing);
    }

    private static IArchiveWriter Writer(
        Stream stream, ICodec codec, CompressOptions options, IProgress<CodecProgress>? progress)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(codec);
        ArgumentNullException.ThrowIfNull(options);
        Require(stream.CanWrite, "The stream cannot be written.", nameof(stream));
        return codec.OpenWriter(stream, options, progress);
    }

    private static IArchiveReader Reader(
        Stream stream, ICodec codec, DecompressOptions options, IProgress<CodecProgress>? progress)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(codec);
        ArgumentNullException.ThrowIfNull(options);
        Require(stream.CanRead, "The stream cannot be read.", nameof(stream));
        Require(!options.IsRange, "A stream has no range; seek instead.", nameof(options));
        return codec.OpenReader(stream, options, progress);
    }

    private static void Require(bool condition, string message, string parameter)
    {
        if (!condition)
        {
            throw new ArgumentException(message, parameter);
        }
    }

    private void Release()
    {
        _writer?.Dispose();
        _reader?.Dispose();
    }
}
