using System.Runtime.InteropServices;

namespace NacrithOnnx.Cli.Posix;

/// <summary>struct statx of Linux, which unlike struct stat is the same on every processor.</summary>
[StructLayout(LayoutKind.Explicit, Size = 256)]
internal struct StatusBuffer
{
    /// <summary>STATX_BASIC_STATS.</summary>
    public const uint Basic = 0x7FF;

    /// <summary>AT_EMPTY_PATH: the descriptor itself.</summary>
    public const int OfDescriptor = 0x1000;

    /// <summary>AT_SYMLINK_NOFOLLOW.</summary>
    public const int OfLink = 0x100;

    /// <summary>AT_FDCWD: names start at the current folder.</summary>
    public const int CurrentFolder = -100;

    [FieldOffset(16)]
    public uint Links;

    [FieldOffset(20)]
    public uint Owner;

    [FieldOffset(24)]
    public uint Group;

    [FieldOffset(28)]
    public ushort Mode;

    [FieldOffset(32)]
    public ulong Number;

    [FieldOffset(40)]
    public long Length;

    [FieldOffset(112)]
    public long ChangeSeconds;

    [FieldOffset(120)]
    public uint ChangeNanoseconds;

    [FieldOffset(136)]
    public uint DeviceMajor;

    [FieldOffset(140)]
    public uint DeviceMinor;
}
