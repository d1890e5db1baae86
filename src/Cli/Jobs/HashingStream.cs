using NacrithOnnx.Format;

namespace NacrithOnnx.Cli.Jobs;

/// <summary>
/// Counts and hashes what passes: read through to another stream, or written to nowhere. Two of them tell whether an
/// archive decodes to what was compressed.
/// </summary>
internal sealed class HashingStream(Stream? source = null) : SequentialStream
{
    private readonly Sha256 _hash = new();
    private long _count;

    public override bool CanRead => source is not null;

    public override bool CanWrite => source is null;

    public override long Position
    {
        get => _count;
        set => throw new NotSupportedException();
    }

    /// <summary>Whether the same bytes passed through both; resets both.</summary>
    public bool Matches(HashingStream other) =>
        _count == other._count && Sha256Digest.Finish(_hash) == Sha256Digest.Finish(other._hash);

    public override int Read(Span<byte> buffer)
    {
        var read = (source ?? throw new NotSupportedException()).Read(buffer);
        Add(buffer[..read]);
        return read;
    }

    public override void Write(ReadOnlySpan<byte> buffer) => Add(buffer);

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
