using NacrithOnnx.Cli.Files;
using NacrithOnnx.Cli.Host;

namespace NacrithOnnx.Cli.Jobs;

/// <summary>Forwards writes and counts the bytes. A failure names the output, not the input.</summary>
/// <param name="target">The output.</param>
/// <param name="name">Its name; null if its exceptions have it already.</param>
internal sealed class CountingStream(Stream target, string? name) : WriteOnlyStream
{
    private long _count;

    public override long Position
    {
        get => _count;
        set => throw new NotSupportedException();
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        try
        {
            target.Write(buffer);
        }
        catch (Exception exception) when (FileException.IsWriteFailure(exception))
        {
            throw FileException.ToWrite(exception, name);
        }

        _count += buffer.Length;
    }

    public override void Flush()
    {
        try
        {
            target.Flush();
        }
        catch (Exception exception) when (FileException.IsWriteFailure(exception))
        {
            throw FileException.ToWrite(exception, name);
        }
    }
}
