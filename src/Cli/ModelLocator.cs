using NacrithOnnx.Cli.Files;
using NacrithOnnx.Cli.Host;

namespace NacrithOnnx.Cli;

/// <summary>
/// Finds the model. The current folder is never searched: a model beside files from elsewhere must not decide how text
/// is decoded.
/// </summary>
internal static class ModelLocator
{
    public const string Variable = "NACRITH_MODEL";

    /// <summary>A folder that has this file is a model.</summary>
    public const string Manifest = "manifest.json";

    /// <summary>Path of the model below the program's folder or the root of a checkout.</summary>
    private static readonly string RelativeFolder = Path.Combine("models", "onnx");

    /// <param name="option">Folder from the command line, if any.</param>
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

        // Beside an installed program, or above the build folder of a checkout.
        for (var parent = new DirectoryInfo(host.BaseFolder); parent is not null; parent = parent.Parent)
        {
            var candidate = Path.Combine(parent.FullName, RelativeFolder);
            if (IsModel(candidate))
            {
                return candidate;
            }
        }

        var data = DataFolder(host);
        return IsModel(data)
            ? data
            : throw new EnvironmentException(
                $"there is no model beside the program or in {data}; name its folder with --model or {Variable}");
    }

    /// <summary>Whether no model was named, so that its absence matters only when it is needed.</summary>
    public static bool IsUnnamed(string? option, IHost host) => option is null && host.Variable(Variable) is null or "";

    /// <summary>Where a model is looked for last.</summary>
    public static string DataFolder(IHost host) => Path.Combine(host.DataFolder, "nacrith", RelativeFolder);

    private static string Require(string folder, string origin) => IsModel(folder)
        ? folder
        : throw new EnvironmentException($"{origin} names {folder}, which has no {Manifest}");

    private static bool IsModel(string folder) =>
        FileSystem.Current.Status(Path.Combine(folder, Manifest)) is { Kind: FileKind.Regular };
}
