using NacrithOnnx.Cli.Files;
using NacrithOnnx.Cli.Host;
using NacrithOnnx.Runtime.Files;

namespace NacrithOnnx.Cli;

/// <summary>
/// Finds the model: a folder, or the file it is packed in, which may be the program itself. The current folder is never
/// searched: a model beside files from elsewhere must not decide how text is decoded.
/// </summary>
internal static class ModelLocator
{
    public const string Variable = "NACRITH_MODEL";

    /// <summary>A folder that has this file is a model.</summary>
    public const string Manifest = "manifest.json";

    /// <summary>A folder above the program with this file is a checkout, which has the model.</summary>
    private const string Checkout = "NacrithOnnx.sln";

    /// <summary>What the XDG base directory specification says where XDG_DATA_DIRS is not set.</summary>
    private const string SystemData = "/usr/local/share:/usr/share";

    /// <summary>Path of the model below the program's folder or the root of a checkout.</summary>
    private static readonly string RelativeFolder = Path.Combine("models", "onnx");

    /// <param name="option">Folder or file from the command line, if any.</param>
    /// <param name="host">The environment.</param>
    /// <exception cref="EnvironmentException">There is no model.</exception>
    public static string Find(string? option, IHost host)
    {
        if (option is not null)
        {
            return Require(option, "--model");
        }

        if (host.Variable(Variable) is { Length: > 0 } folder)
        {
            return Require(folder, Variable);
        }

        if (host.Pack is { } pack && pack.TryGet(Manifest, out _))
        {
            return pack.Path;
        }

        var folders = Folders(host);
        return folders.Find(IsModel) ?? throw new EnvironmentException(
            $"there is no model beside the program or in {string.Join(", ", folders[1..])}; name its folder with --model or "
            + Variable);
    }

    /// <summary>Beside the program, in its checkout, and in the data of the user and the system.</summary>
    private static List<string> Folders(IHost host)
    {
        var folders = new List<string> { Path.Combine(host.BaseFolder, RelativeFolder) };
        for (var parent = new DirectoryInfo(host.BaseFolder).Parent; parent is not null; parent = parent.Parent)
        {
            if (File.Exists(Path.Combine(parent.FullName, Checkout)))
            {
                folders.Add(Path.Combine(parent.FullName, RelativeFolder));
                break;
            }
        }

        List<string?> data = [host.DataFolder];
        if (OperatingSystem.IsWindows())
        {
            data.Add(host.Variable("ProgramData"));
        }
        else
        {
            // A program in PREFIX/bin has its data in PREFIX/share.
            data.Add(Path.GetFullPath(Path.Combine(host.BaseFolder, "..", "share")));
            data.AddRange((host.Variable("XDG_DATA_DIRS") is { Length: > 0 } list ? list : SystemData).Split(':'));
        }

        folders.AddRange(data.OfType<string>().Where(Path.IsPathFullyQualified)
            .Select(folder => Path.Combine(folder, "nacrith", RelativeFolder)));
        return [.. folders.Distinct()];
    }

    /// <summary>Whether no model was named, so that its absence matters only when it is needed.</summary>
    public static bool IsUnnamed(string? option, IHost host) => option is null && host.Variable(Variable) is null or "";

    /// <summary>The user's own folder for models.</summary>
    public static string DataFolder(IHost host) => Path.Combine(host.DataFolder, "nacrith", RelativeFolder);

    private static string Require(string folder, string origin) => IsModel(folder)
        ? folder
        : throw new EnvironmentException($"{origin} names {folder}, which has no {Manifest}");

    private static bool IsModel(string path) => FileSystem.Current.Status(path) is { Kind: FileKind.Regular }
        ? PackedFiles.TryOpen(path)?.TryGet(Manifest, out _) == true
        : FileSystem.Current.Status(Path.Combine(path, Manifest)) is { Kind: FileKind.Regular };
}
