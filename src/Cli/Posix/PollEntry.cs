using System.Runtime.InteropServices;

namespace NacrithOnnx.Cli.Posix;

/// <summary>struct pollfd, the same on every Unix.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct PollEntry
{
    public const short Readable = 1;

    public const short Writable = 4;

    public int Descriptor;

    public short Wanted;

    public short Found;
}
