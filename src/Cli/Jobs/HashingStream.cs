using NacrithOnnx.Format;

namespace NacrithOnnx.Cli.Jobs;

/// <summary>
/// Counts and hashes what passes: read through to another stream, or written to nowhere. Two of them tell whether an
/// archive decodes to what was compressed.
/// </summary>
internal sealed class HashingStream(Stream? source = null) : Stream
{
    private readonly Sha256 _hash = new();
    private long _count;

    public override bool CanRead => source is not null;

    public override bool CanSeek => false;

    public override bool CanWrite => source is null;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => _count;
        set => throw new NotSupportedException();
    }

    /// <summary>Whether the same bytes passed through both; resets both.</summary>
    public bool Matches(HashingStream other) =>
        _count == other._count && Sha256Digest.Finish(_hash) == Sha256Digest.Finish(other._hash);

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        var read = (source ?? throw new NotSupportedException()).Read(buffer);
        Add(buffer[..read]);
        return read;
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer) => Add(buffer);

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _hash.Dispose();
        }

        base.Dispose(disposing);
    }

    private void Add(ReadOnlySpan<byte> bytes)
    {
        _hash.Append(bytes);
        _count += bytes.Length;
    }
}
