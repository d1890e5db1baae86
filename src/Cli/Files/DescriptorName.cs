using System.Globalization;
using NacrithOnnx.Cli.Posix;

namespace NacrithOnnx.Cli.Files;

/// <summary>
/// Names of open descriptors. Opening them like files would start at offset 0 of a file that is being appended to, and
/// fails for sockets.
/// </summary>
internal static class DescriptorName
{
    private static readonly string[] Folders = ["/dev/fd/", "/proc/self/fd/"];

    /// <summary>Refuses a descriptor that was not inherited: the number may be one of the runtime's files.</summary>
    /// <exception cref="FileException">It is one.</exception>
    public static void RequireOpen(string path)
    {
        if (TryParse(path, out var descriptor) && !StandardDescriptors.IsInherited(descriptor))
        {
            throw new FileException("is not open", path);
        }
    }

    /// <summary>Reads a name.</summary>
    public static bool TryParse(string path, out int descriptor)
    {
        descriptor = path switch
        {
            "/dev/stdin" => StandardDescriptors.Input,
            "/dev/stdout" => StandardDescriptors.Output,
            "/dev/stderr" => StandardDescriptors.Error,
            _ => -1,
        };
        foreach (var folder in Folders)
        {
            var number = path.StartsWith(folder, StringComparison.Ordinal) ? path.AsSpan(folder.Length) : default;
            if (int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var value))
            {
                descriptor = value;
            }
        }

        return descriptor >= 0 && !OperatingSystem.IsWindows();
    }
}
