using System.Globalization;
using NacrithOnnx.Cli.Progress;

namespace NacrithOnnx.Cli.Host;

/// <summary>
/// Memory limits that are too low for text. The system or native code ends a process that exceeds one without a message,
/// so a warning is given in advance.
/// </summary>
internal static class MemoryLimits
{
    /// <summary>Memory of the model with the most streams: 799 MiB measured.</summary>
    private const long NeededMemory = 900L << 20;

    /// <summary>Reserved heap, libraries, stacks and the model: 3 GB measured as too little, 4 GB as enough.</summary>
    private const long NeededAddresses = 4_000_000_000;

    private const string LimitsFile = "/proc/self/limits";

    private const string AddressField = "Max address space";

    /// <summary>A limit of this process that is too low for text; null if there is none.</summary>
    public static string? Problem()
    {
        try
        {
            var limits = OperatingSystem.IsLinux() ? File.ReadAllText(LimitsFile) : string.Empty;
            return Problem(limits, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>The same for known limits.</summary>
    /// <param name="limits">Text of /proc/self/limits.</param>
    /// <param name="available">Memory of the machine or container.</param>
    public static string? Problem(string limits, long available)
    {
        var line = limits.Split('\n').FirstOrDefault(line => line.StartsWith(AddressField, StringComparison.Ordinal));
        var soft = line?[AddressField.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries)[0];
        var (memory, space) = (Figures.Size(NeededMemory), Figures.Size(NeededAddresses));
        if (long.TryParse(soft, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit < NeededAddresses)
        {
            return $"the address space is limited to {Figures.Size(limit)} (ulimit -v); text needs {space}";
        }

        return available is > 0 and < NeededMemory
            ? $"the memory of this machine or container is {Figures.Size(available)}; text needs up to {memory}"
            : null;
    }
}
