using NacrithOnnx.Format;

namespace NacrithOnnx.Cli.Host;

/// <summary>A stream that is only written, forward.</summary>
internal abstract class WriteOnlyStream : SequentialStream
{
    public sealed override bool CanRead => false;

    public sealed override bool CanWrite => true;

    public abstract override void Write(ReadOnlySpan<byte> buffer);
}
