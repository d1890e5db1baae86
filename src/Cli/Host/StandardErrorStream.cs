using NacrithOnnx.Cli.Posix;

namespace NacrithOnnx.Cli.Host;

/// <summary>
/// Standard error. Messages that cannot be written, because it is closed or full, are dropped; the exit code remains.
/// </summary>
internal sealed class StandardErrorStream : WriteOnlyStream
{
    private readonly DescriptorStream? _stream =
        StandardDescriptors.IsOpen(StandardDescriptors.Error) ? new(StandardDescriptors.Error, writes: true) : null;

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

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _stream?.Dispose();
        }

        base.Dispose(disposing);
    }
}
