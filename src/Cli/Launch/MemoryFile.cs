using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace NacrithOnnx.Cli.Launch;

/// <summary>Loads a library from a file that exists in memory only.</summary>
[SupportedOSPlatform("linux")]
internal static partial class MemoryFile
{
    /// <summary>MFD_CLOEXEC: children do not inherit it.</summary>
    private const uint CloseOnExec = 1;

    /// <summary>MFD_EXEC, since Linux 6.3: without it a system may refuse to run what is in the file.</summary>
    private const uint Executable = 0x10;

    /// <summary>Loads a library, unless the system forbids it.</summary>
    /// <exception cref="EnvironmentException">The library is damaged.</exception>
    public static bool TryLoad(PackedLibrary library, out nint handle)
    {
        handle = 0;
        try
        {
            var descriptor = Create(library.Name, CloseOnExec | Executable);
            descriptor = descriptor >= 0 ? descriptor : Create(library.Name, CloseOnExec);
            if (descriptor < 0)
            {
                return false;
            }

            using var file = new SafeFileHandle(descriptor, ownsHandle: true);
            library.Unpack(file);
            return NativeLibrary.TryLoad(
                string.Create(CultureInfo.InvariantCulture, $"/proc/self/fd/{descriptor}"), out handle);
        }
        catch (Exception exception) when (exception is IOException or EntryPointNotFoundException)
        {
            // No memory for it, or a C library older than memfd_create: there are folders.
            return false;
        }
    }

    [LibraryImport("libc", EntryPoint = "memfd_create", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Create(string name, uint flags);
}
