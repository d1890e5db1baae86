using System.Runtime.InteropServices;

namespace NacrithOnnx.Cli.Posix;

/// <summary>Numbers of errors, and what they mean to a person.</summary>
internal static class PosixError
{
    public const int NotPermitted = 1;

    public const int NoSuchFile = 2;

    public const int Interrupted = 4;

    public const int NoMemory = 12;

    public const int AccessDenied = 13;

    public const int Exists = 17;

    public const int NotAFolder = 20;

    public const int IsAFolder = 21;

    public const int TooManyOpenFiles = 24;

    /// <summary>EAGAIN: 11 on Linux, 35 on macOS.</summary>
    public static int TryAgain { get; } = OperatingSystem.IsLinux() ? 11 : 35;

    /// <summary>The error of the last call.</summary>
    public static int Last => Marshal.GetLastPInvokeError();

    /// <summary>A reason to be printed after a file name.</summary>
    public static string Describe(int error) => error switch
    {
        NoSuchFile or NotAFolder => "no such file or folder",
        NotPermitted or AccessDenied => "permission denied",
        IsAFolder => "is a folder",
        _ => Marshal.GetPInvokeErrorMessage(error),
    };
}
