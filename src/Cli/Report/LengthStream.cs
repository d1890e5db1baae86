using NacrithOnnx.Cli.Host;

namespace NacrithOnnx.Cli.Report;

/// <summary>Counts what is written to it, and keeps none of it.</summary>
internal sealed class LengthStream : WriteOnlyStream
{
    private long _length;

    public override long Position
    {
        get => _length;
        set => throw new NotSupportedException();
    }

    public override void Write(ReadOnlySpan<byte> buffer) => _length += buffer.Length;
}
