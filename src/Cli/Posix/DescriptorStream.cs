using Microsoft.Win32.SafeHandles;
using NacrithOnnx.Format;

namespace NacrithOnnx.Cli.Posix;

/// <summary>
/// Reads or writes a descriptor at its current offset. A <see cref="FileStream"/> on a regular file keeps a separate
/// offset and would overwrite what was appended through another descriptor. Never seeks; waits if the descriptor is
/// non-blocking.
/// </summary>
internal sealed class DescriptorStream(SafeFileHandle handle, bool writes) : SequentialStream
{
    /// <summary>poll waits without a limit.</summary>
    private const int Forever = -1;

    /// <summary>Standard streams are inherited and stay open.</summary>
    public DescriptorStream(int descriptor, bool writes)
        : this(new SafeFileHandle(descriptor, ownsHandle: false), writes)
    {
    }

    /// <summary>Whether it leads to a terminal.</summary>
    public bool IsTerminal => LibC.IsTerminal(Descriptor) == 1;

    public override bool CanRead => !writes;

    public override bool CanWrite => writes;

    public override int Read(Span<byte> buffer)
    {
        while (true)
        {
            var count = LibC.Read(Descriptor, buffer, buffer.Length);
            if (count >= 0)
            {
                return (int)count;
            }

            WaitOrThrow(PollEntry.Readable);
        }
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            var count = LibC.Write(Descriptor, buffer, buffer.Length);
            if (count >= 0)
            {
                buffer = buffer[(int)count..];
                continue;
            }

            WaitOrThrow(PollEntry.Writable);
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            handle.Dispose();
        }

        base.Dispose(disposing);
    }

    /// <summary>The number alone: to marshal a handle costs a millisecond of every start, and this object keeps it open.</summary>
    private int Descriptor => (int)handle.DangerousGetHandle();

    private void WaitOrThrow(short wanted)
    {
        var error = PosixError.Last;
        if (error == PosixError.TryAgain)
        {
            var entry = new PollEntry { Descriptor = Descriptor, Wanted = wanted };
            _ = LibC.Poll(ref entry, 1, Forever);
        }
        else if (error != PosixError.Interrupted)
        {
            throw new IOException(PosixError.Describe(error), error);
        }
    }
}
