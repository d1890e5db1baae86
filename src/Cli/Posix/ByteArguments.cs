using System.Text;
using NacrithOnnx.Cli.Arguments;

namespace NacrithOnnx.Cli.Posix;

/// <summary>Gives arguments back the bytes that .NET could not decode.</summary>
internal static class ByteArguments
{
    private const string CommandLineFile = "/proc/self/cmdline";

    /// <summary>The arguments as <see cref="ByteName"/> spells them.</summary>
    /// <exception cref="UsageException">An argument is not UTF-8 and its bytes cannot be had.</exception>
    public static IReadOnlyList<string> Restore(IReadOnlyList<string> arguments)
    {
        if (!OperatingSystem.IsLinux() || !IsLossy(arguments))
        {
            return arguments;
        }

        var raw = Split(Read());
        if (raw.Count < arguments.Count)
        {
            throw Unknown();
        }

        raw.RemoveRange(0, raw.Count - arguments.Count);
        for (var index = 0; index < arguments.Count; index++)
        {
            if (Encoding.UTF8.GetString(raw[index]) != arguments[index])
            {
                throw Unknown();
            }
        }

        return [.. raw.Select(bytes => ByteName.Decode(bytes))];
    }

    private static bool IsLossy(IReadOnlyList<string> arguments)
    {
        foreach (var argument in arguments)
        {
            if (argument.Contains(ByteName.Replacement))
            {
                return true;
            }
        }

        return false;
    }

    private static byte[] Read()
    {
        try
        {
            return File.ReadAllBytes(CommandLineFile);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Unknown();
        }
    }

    private static List<byte[]> Split(byte[] commandLine)
    {
        var parts = new List<byte[]>();
        ReadOnlySpan<byte> rest = commandLine;
        for (int end; (end = rest.IndexOf((byte)0)) >= 0; rest = rest[(end + 1)..])
        {
            parts.Add(rest[..end].ToArray());
        }

        return parts;
    }

    private static UsageException Unknown() =>
        new($"an argument is not valid UTF-8, and {CommandLineFile}, which has its bytes, cannot be read");
}
