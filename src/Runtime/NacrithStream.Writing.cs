namespace NacrithOnnx;

/// <content>Writing.</content>
public sealed partial class NacrithStream
{
    /// <summary>Bytes of the archive written to the base stream so far; valid even when disposed.</summary>
    /// <exception cref="NotSupportedException">This stream reads.</exception>
    public long BytesWritten => _writer is null ? throw new NotSupportedException("This stream reads.") : _writer.BytesWritten;

    /// <summary>Takes content, and compresses each frame that it fills.</summary>
    /// <exception cref="InvalidOperationException">The archive is complete, or an earlier call failed.</exception>
    /// <exception cref="NacrithException">Something outside is missing or wrong.</exception>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        var writer = Writer();
        using (_call.Begin())
        {
            writer.Write(buffer, CancellationToken.None);
        }
    }

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count)
    {
        ValidateBufferArguments(buffer, offset, count);
        Write(buffer.AsSpan(offset, count));
    }

    /// <inheritdoc/>
    public override void WriteByte(byte value) => Write(new ReadOnlySpan<byte>(in value));

    /// <inheritdoc cref="Write(ReadOnlySpan{byte})"/>
    /// <exception cref="OperationCanceledException">Cancelled; the archive stays incomplete.</exception>
    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var writer = Writer();
        using (_call.Begin())
        {
            await writer.WriteAsync(buffer, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        ValidateBufferArguments(buffer, offset, count);
        return WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();
    }

    /// <summary>Compresses what is left and ends the archive; nothing can be written any more.</summary>
    /// <param name="cancel">Looked at in every step of the model.</param>
    /// <exception cref="NotSupportedException">This stream reads.</exception>
    /// <exception cref="InvalidOperationException">The archive is complete, or an earlier call failed.</exception>
    /// <exception cref="NacrithException">Something outside is missing or wrong.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; the archive stays incomplete.</exception>
    public void Complete(CancellationToken cancel = default)
    {
        var writer = Writer();
        using (_call.Begin())
        {
            writer.Complete(cancel);
        }
    }

    /// <inheritdoc cref="Complete"/>
    public async Task CompleteAsync(CancellationToken cancel = default)
    {
        var writer = Writer();
        using (_call.Begin())
        {
            await writer.CompleteAsync(cancel).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Flushes the base stream. It ends no frame: each frame learns the text anew, and writers such as
    /// <see cref="StreamWriter"/> flush often, so that would cost much and make the archive depend on it. What a reader
    /// must see now is an archive of its own: complete this one and begin another behind it, they read as one.
    /// </summary>
    public override void Flush()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (_writer is not null)
        {
            using (_call.Begin())
            {
                _base.Flush();
            }
        }
    }

    /// <inheritdoc cref="Flush"/>
    public override async Task FlushAsync(CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (_writer is not null)
        {
            using (_call.Begin())
            {
                await _base.FlushAsync(cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private IArchiveWriter Writer()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return _writer ?? throw new NotSupportedException("This stream reads.");
    }
}
