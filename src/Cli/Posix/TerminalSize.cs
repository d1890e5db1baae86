using System.Runtime.InteropServices;

namespace NacrithOnnx.Cli.Posix;

/// <summary>struct winsize.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct TerminalSize
{
    /// <summary>TIOCGWINSZ of Linux on x64 and ARM64.</summary>
    public const nuint Request = 0x5413;

    public ushort Rows;

    public ushort Columns;

    public ushort Width;

    public ushort Height;
}
