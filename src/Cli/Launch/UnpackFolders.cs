using NacrithOnnx.Cli.Host;

namespace NacrithOnnx.Cli.Launch;

/// <summary>Folders that a library may be unpacked into, best first: the caches that belong to the user.</summary>
internal static class UnpackFolders
{
    /// <summary>Names a folder for it.</summary>
    public const string Variable = "NACRITH_CACHE";

    private const string Folder = "nacrith";

    /// <summary>Lists them; there may be none.</summary>
    public static List<string> List(IHost host)
    {
        if (host.Variable(Variable) is { Length: > 0 } chosen)
        {
            return [Path.GetFullPath(chosen)];
        }

        var folders = new List<string>();
        if (OperatingSystem.IsWindows())
        {
            Add(host.Variable("LOCALAPPDATA"), Folder, "cache");
        }
        else if (OperatingSystem.IsMacOS())
        {
            Add(host.Variable("HOME"), "Library", "Caches", Folder);
        }
        else
        {
            Add(host.Variable("XDG_CACHE_HOME"), Folder);
            Add(host.Variable("HOME"), ".cache", Folder);
        }

        return folders;

        void Add(string? parent, params string[] rest)
        {
            // A relative folder would be one below whatever folder the user is in.
            if (parent is not null && Path.IsPathFullyQualified(parent))
            {
                folders.Add(Path.Combine([parent, .. rest]));
            }
        }
    }
}
