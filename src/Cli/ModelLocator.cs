using NacrithOnnx.Cli.Host;

namespace NacrithOnnx.Cli;

/// <summary>
/// Finds the model. The current folder is never searched: a model that lies about beside a stranger's files must not
/// decide how somebody's text is decoded.
/// </summary>
internal static class ModelLocator
{
    public const string Variable = "NACRITH_MODEL";

    /// <summary>A folder with this file is a model.</summary>
    public const string Manifest = "manifest.json";

    /// <summary>Where a model lies below the program's folder, or a checkout's root.</summary>
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

        var data = Path.Combine(host.DataFolder, "nacrith", RelativeFolder);
        return IsModel(data)
            ? data
            : throw new EnvironmentException(
                $"there is no model beside the program or in {data}; name its folder with --model or {Variable}");
    }

    private static string Require(string folder, string origin) => IsModel(folder)
        ? Path.GetFullPath(folder)
        : throw new EnvironmentException($"{origin} names {folder}, which holds no model ({Manifest} is missing)");

    private static bool IsModel(string folder) => File.Exists(Path.Combine(folder, Manifest));
}
