using NacrithOnnx.Format;

namespace NacrithOnnx.Cli.Jobs;

/// <summary>A part of a file that can seek, read from its beginning to its end.</summary>
/// <param name="file">The file.</param>
/// <param name="start">Where the part begins.</param>
/// <param name="length">Its length.</param>
internal sealed class SliceStream(Stream file, long start, long length) : SequentialStream
{
    private long _position;

    public override long Length => length;

    public override long Position
    {
        get => _position;
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        file.Position = start + _position;
        var read = file.Read(buffer[..(int)Math.Min(buffer.Length, length - _position)]);
        if (read == 0 && _position < length && !buffer.IsEmpty)
        {
            throw new EndOfStreamException("The file has become shorter.");
        }

        _position += read;
        return read;
    }
}
