using System.Globalization;

namespace NacrithOnnx.Compare;

/// <summary>Reads Linux's text files about processes and processors.</summary>
internal static class ProcText
{
    /// <summary>Peak resident memory in KiB from /proc/PID/status; null if a process has no memory any more.</summary>
    public static long? PeakKibibytes(string status)
    {
        // VmHWM:     12345 kB
        const string Unit = " kB";
        return Field(status, "VmHWM") is { } value && value.EndsWith(Unit, StringComparison.Ordinal)
            && long.TryParse(value[..^Unit.Length], NumberStyles.None, CultureInfo.InvariantCulture, out var kibibytes)
                ? kibibytes
                : null;
    }

    /// <summary>
    /// Name of the first processor from /proc/cpuinfo; null if the kernel does not state it, as on ARM.
    /// </summary>
    public static string? ProcessorName(string cpuInfo) => Field(cpuInfo, "model name");

    private static string? Field(string text, string name)
    {
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            var colon = line.IndexOf(':');
            if (colon > 0 && line[..colon].Trim().SequenceEqual(name))
            {
                return line[(colon + 1)..].Trim().ToString();
            }
        }

        return null;
    }
}
