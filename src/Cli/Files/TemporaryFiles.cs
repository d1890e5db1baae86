using System.Collections.Concurrent;

namespace NacrithOnnx.Cli.Files;

/// <summary>Outputs being written, so that a signal can remove them.</summary>
internal static class TemporaryFiles
{
    private static readonly ConcurrentDictionary<string, byte> Paths = new(StringComparer.Ordinal);

    public static void Add(string path) => Paths.TryAdd(path, 0);

    public static void Forget(string path) => Paths.TryRemove(path, out _);

    /// <summary>Removes one; what cannot be removed is left, for there is nobody to tell.</summary>
    public static void Remove(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
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
}
