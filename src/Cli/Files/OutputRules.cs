using NacrithOnnx.Cli.Host;

namespace NacrithOnnx.Cli.Files;

/// <summary>Decides whether an output file may be written.</summary>
internal sealed class OutputRules(IHost host, bool force)
{
    /// <summary>Where the devices are on Unix; /dev/shm below it holds ordinary files.</summary>
    private const string DeviceFolder = "/dev/";

    private const string SharedMemoryFolder = "/dev/shm/";

    /// <summary>Looks before any work is done.</summary>
    /// <param name="target">The output.</param>
    /// <param name="source">The input, held open; null for standard input.</param>
    /// <returns>Whether an existing file is to be replaced.</returns>
    /// <exception cref="FileRefusedException">It may not be written.</exception>
    public bool MayReplace(string target, string? source)
    {
        if (!Path.Exists(target))
        {
            return false;
        }

        if (Directory.Exists(target))
        {
            throw new FileRefusedException($"{target} is a folder");
        }

        if (source is not null && SamePath.IsSame(source, target))
        {
            throw new FileRefusedException($"{target} is the input itself, or another program holds it");
        }

        if (!force && !Confirm(target))
        {
            throw new FileRefusedException($"{target} exists and is kept; use -f to replace it");
        }

        return true;
    }

    /// <summary>Whether a name leads to a device, which is written to and never replaced.</summary>
    public static bool IsDevice(string path) => !OperatingSystem.IsWindows()
        && Path.GetFullPath(path) is var full
        && full.StartsWith(DeviceFolder, StringComparison.Ordinal)
        && !full.StartsWith(SharedMemoryFolder, StringComparison.Ordinal);

    private bool Confirm(string target)
    {
        if (!host.InputIsTerminal || !host.ErrorIsTerminal)
        {
            return false;
        }

        host.Error.Write($"nacrith: {Messages.Printable(target)} exists; replace it (y/n)? ");
        host.Error.Flush();
        return host.ReadAnswer()?.Trim() is "y" or "Y" or "yes";
    }
}
