using System.Runtime.InteropServices;

namespace NacrithOnnx.Cli.Posix;

/// <summary>struct timespec on 64-bit Linux.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct TimeEntry
{
    /// <summary>UTIME_OMIT: leave this time as it is.</summary>
    public const long Omit = (1 << 30) - 2;

    public long Seconds;

    public long Nanoseconds;
}
