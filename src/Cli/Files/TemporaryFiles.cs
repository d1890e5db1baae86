using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;

namespace NacrithOnnx.Cli.Files;

/// <summary>Outputs being written, which a signal removes, and those left by killed processes.</summary>
internal static class TemporaryFiles
{
    private const string Prefix = ".nacrith-";

    private const string Suffix = ".tmp";

    private static readonly ConcurrentDictionary<string, byte> Paths = new(StringComparer.Ordinal);

    private static readonly ConcurrentDictionary<string, byte> Swept = new(StringComparer.Ordinal);

    /// <summary>A new name in a folder; short, because the final name plus a suffix could exceed 255 bytes.</summary>
    public static string NewName(string folder)
    {
        var unique = RandomNumberGenerator.GetInt32(int.MaxValue).ToString("x8", CultureInfo.InvariantCulture);
        return Path.Combine(folder, $"{Prefix}{Environment.ProcessId}-{unique}{Suffix}");
    }

    public static void Add(string path) => Paths.TryAdd(path, 0);

    public static void Forget(string path) => Paths.TryRemove(path, out _);

    /// <summary>Removes one; failures are ignored.</summary>
    public static void Remove(string path)
    {
        try
        {
            FileSystem.Current.Delete(path);
        }
        catch (FileException)
        {
        }

        Forget(path);
    }

    public static void RemoveAll()
    {
        foreach (var path in Paths.Keys)
        {
            Remove(path);
        }
    }

    /// <summary>
    /// Removes what killed processes have left in a folder. A live process holds a lock on its file, which unlike a process
    /// id also works across containers and most network file systems. Each folder is listed once in a run.
    /// </summary>
    public static void RemoveAbandoned(string folder)
    {
        if (!Swept.TryAdd(folder, 0))
        {
            return;
        }

        try
        {
            foreach (var name in FileSystem.Current.Names(folder))
            {
                var path = Path.Combine(folder, name);
                if (IsTemporary(name) && !Paths.ContainsKey(path) && FileSystem.Current.IsAbandoned(path))
                {
                    FileSystem.Current.Delete(path);
                }
            }
        }
        catch (FileException)
        {
            // A folder that cannot be listed is left alone.
        }
    }

    /// <summary>Whether a name is one of these.</summary>
    public static bool IsTemporary(string name) =>
        name.StartsWith(Prefix, StringComparison.Ordinal) && name.EndsWith(Suffix, StringComparison.Ordinal);
}
