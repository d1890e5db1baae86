using System.Diagnostics.CodeAnalysis;
using NacrithOnnx.Runtime.Frame;

namespace NacrithOnnx.Runtime;

/// <summary>
/// Gathers content into frames and writes their archive. After any failure, cancellation included, content is missing, so
/// the archive is never ended: what has been written of it then reads as truncated.
/// </summary>
internal sealed class ContentWriter : IDisposable
{
    /// <summary>First length of the buffer, which doubles up to a frame: most messages are short.</summary>
    private const int FirstLength = 1 << 14;

    private readonly NacrithCodec _codec;
    private readonly Stream _output;
    private readonly ArchiveEncoder _encoder;
    private readonly ProgressTracker _tracker;
    private readonly int _frameLength;
    private byte[] _content = [];
    private int _length;
    private Exception? _failure;

    public ContentWriter(
        NacrithCodec codec, Stream output, CompressOptions options, IProgress<CodecProgress>? progress, int frameLength)
    {
        _codec = codec;
        _output = output;
        _encoder = new ArchiveEncoder(codec, options);
        _tracker = new ProgressTracker(progress);
        _frameLength = frameLength;
    }

    /// <summary>Bytes of content taken.</summary>
    public long Position { get; private set; }

    /// <summary>Bytes of the archive written.</summary>
    public long BytesWritten { get; private set; }

    /// <summary>Whether the archive is ended.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>Whether content is missing.</summary>
    public bool HasFailed => _failure is not null;

    public void Write(ReadOnlySpan<byte> content)
    {
        Check();
        try
        {
            while (Take(ref content))
            {
                EncodeFrame(CancellationToken.None);
            }
        }
        catch (Exception exception)
        {
            _failure = exception;
            throw;
        }
    }

    public async ValueTask WriteAsync(ReadOnlyMemory<byte> content, CancellationToken cancel)
    {
        Check();
        try
        {
            cancel.ThrowIfCancellationRequested();
            while (Take(ref content))
            {
                await EncodeFrameAsync(cancel).ConfigureAwait(false);
            }
        }
        catch (Exception exception)
        {
            _failure = exception;
            throw;
        }
    }

    /// <summary>Codes what is left, and ends the archive.</summary>
    public void Complete(CancellationToken cancel)
    {
        Check();
        try
        {
            if (_length > 0)
            {
                EncodeFrame(cancel);
            }

            _tracker.Cancel = cancel;
            _encoder.End(_tracker);
            PassOn();
            _output.Flush();
            IsComplete = true;
        }
        catch (Exception exception)
        {
            _failure = exception;
            throw;
        }
    }

    /// <inheritdoc cref="Complete"/>
    public async ValueTask CompleteAsync(CancellationToken cancel)
    {
        Check();
        try
        {
            if (_length > 0)
            {
                await EncodeFrameAsync(cancel).ConfigureAwait(false);
            }

            _tracker.Cancel = cancel;
            _encoder.End(_tracker);
            await PassOnAsync(cancel).ConfigureAwait(false);
            await _output.FlushAsync(cancel).ConfigureAwait(false);
            IsComplete = true;
        }
        catch (Exception exception)
        {
            _failure = exception;
            throw;
        }
    }

    public void Dispose() => _encoder.Dispose();

    private void Check()
    {
        if (IsComplete || HasFailed)
        {
            ThrowCannotWrite();
        }
    }

    [DoesNotReturn]
    private void ThrowCannotWrite() => throw new InvalidOperationException(
        IsComplete ? "The archive is complete." : "Writing failed or was cancelled before; the archive stays incomplete.",
        _failure);

    /// <summary>Moves content into the frame; returns whether the frame is full.</summary>
    private bool Take(ref ReadOnlySpan<byte> content)
    {
        var length = Math.Min(content.Length, _frameLength - _length);
        if (_length + length > _content.Length)
        {
            var wanted = Math.Max(_length + length, Math.Max(2 * _content.Length, FirstLength));
            Array.Resize(ref _content, Math.Min(wanted, _frameLength));
        }

        content[..length].CopyTo(_content.AsSpan(_length));
        content = content[length..];
        _length += length;
        Position += length;
        return _length == _frameLength;
    }

    private bool Take(ref ReadOnlyMemory<byte> content)
    {
        var span = content.Span;
        var isFull = Take(ref span);
        content = content[^span.Length..];
        return isFull;
    }

    private void EncodeFrame(CancellationToken cancel)
    {
        using (_codec.Enter(cancel))
        {
            Encode(cancel);
        }

        PassOn();
    }

    private async ValueTask EncodeFrameAsync(CancellationToken cancel)
    {
        using (await _codec.EnterAsync(cancel).ConfigureAwait(false))
        {
            // A frame takes minutes: not on a thread that has more to do.
            await Task.Run(() => Encode(cancel), cancel).ConfigureAwait(false);
        }

        await PassOnAsync(cancel).ConfigureAwait(false);
    }

    private void Encode(CancellationToken cancel)
    {
        _tracker.Cancel = cancel;
        _encoder.Encode(_content.AsSpan(0, _length), _tracker);
        _length = 0;
    }

    private void PassOn()
    {
        var output = _encoder.Output;
        _output.Write(output.Span);
        BytesWritten += output.Length;
        _encoder.PassedOn();
    }

    private async ValueTask PassOnAsync(CancellationToken cancel)
    {
        var output = _encoder.Output;
        await _output.WriteAsync(output, cancel).ConfigureAwait(false);
        BytesWritten += output.Length;
        _encoder.PassedOn();
    }
}
