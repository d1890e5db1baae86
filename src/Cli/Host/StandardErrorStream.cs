using NacrithOnnx.Cli.Posix;

namespace NacrithOnnx.Cli.Host;

/// <summary>
/// Standard error. Messages that cannot be written, because it is closed or full, are dropped; the exit code remains.
/// </summary>
internal sealed class StandardErrorStream : Stream
{
    private readonly DescriptorStream? _stream =
        StandardDescriptors.IsOpen(StandardDescriptors.Error) ? new(StandardDescriptors.Error, writes: true) : null;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        try
        {
            _stream?.Write(buffer);
        }
        catch (IOException)
        {
        }
    }

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _stream?.Dispose();
        }

        base.Dispose(disposing);
    }
}
