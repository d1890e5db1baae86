namespace NacrithOnnx.Cli.Posix;

/// <summary>
/// Descriptors 0 to 2 when the program was started with some of them closed. The runtime then opens its own files under
/// these numbers, and output for the user would be written to them.
/// </summary>
internal static class StandardDescriptors
{
    public const int Input = 0;

    public const int Output = 1;

    public const int Error = 2;

    /// <summary>F_GETFD.</summary>
    private const int GetFlags = 1;

    /// <summary>FD_CLOEXEC: never set on an inherited descriptor, always set on those the runtime opens.</summary>
    private const int CloseOnExecute = 1;

    private const int ReadOnly = 0;

    private const int WriteOnly = 1;

    private static readonly bool[] Inherited = [true, true, true];

    /// <summary>
    /// Detects which are open and fills the gaps, so that no output file gets the number of standard error. Must be
    /// called first.
    /// </summary>
    public static void Secure()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        for (var descriptor = Input; descriptor <= Error; descriptor++)
        {
            Inherited[descriptor] = IsInherited(descriptor, out var isFree);
            if (isFree)
            {
                // This is the lowest free number. Opened in the wrong direction, so that any use fails.
                _ = LibC.Open("/dev/null\0"u8, descriptor == Input ? WriteOnly : ReadOnly, 0);
            }
        }
    }

    /// <summary>Whether a standard stream was open when the program was started.</summary>
    public static bool IsOpen(int descriptor) => Inherited[descriptor];

    /// <summary>Whether a descriptor was inherited from the parent process.</summary>
    public static bool IsInherited(int descriptor) =>
        descriptor <= Error ? Inherited[descriptor] : IsInherited(descriptor, out _);

    private static bool IsInherited(int descriptor, out bool isFree)
    {
        var flags = LibC.Control(descriptor, GetFlags);
        isFree = flags < 0;
        return !isFree && (flags & CloseOnExecute) == 0;
    }
}
