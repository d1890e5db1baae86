using NacrithOnnx.Format;

namespace NacrithOnnx.Cli.Report;

/// <summary>Reads from or writes to a stream, and copies what passes to another.</summary>
internal sealed class TeeStream(Stream stream, Stream copy) : SequentialStream
{
    public override bool CanRead => stream.CanRead;

    public override bool CanWrite => stream.CanWrite;

    public override int Read(Span<byte> buffer)
    {
        var read = stream.Read(buffer);
        copy.Write(buffer[..read]);
        return read;
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        stream.Write(buffer);
        copy.Write(buffer);
    }

    public override void Flush() => stream.Flush();
}
