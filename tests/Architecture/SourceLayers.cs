using System.Text.RegularExpressions;

namespace NacrithOnnx.Tests.Architecture;

/// <summary>
/// Finds the folders that a file uses, from its text: full namespaces, namespaces that start at their last name
/// (<c>Frame.Level</c>), and types of namespaces that need no using because they enclose the file's.
/// </summary>
internal sealed partial class SourceLayers
{
    private readonly string[][] _layers;
    private readonly SourceFile[] _files;
    private readonly Dictionary<string, int> _layerOf = new(StringComparer.Ordinal);

    /// <summary>Folder of each namespace that has one.</summary>
    private readonly Dictionary<string, string> _folders = new(StringComparer.Ordinal);

    /// <summary>Namespace and folder of each type of a namespace that encloses others.</summary>
    private readonly Dictionary<string, (string Namespace, string Folder)> _types = new(StringComparer.Ordinal);

    public SourceLayers(string[][] layers, SourceFile[] files)
    {
        _layers = layers;
        _files = files;
        for (var layer = 0; layer < layers.Length; layer++)
        {
            foreach (var folder in layers[layer])
            {
                _layerOf.Add(folder, layer);
                _folders.TryAdd(NamespaceOf(folder), folder);
            }
        }

        foreach (var file in files)
        {
            var code = Code(file.Text);
            var name = Declaration().Match(code).Groups[1].Value;
            if (FolderOf(file.Path) is { } folder && Encloses(name))
            {
                foreach (Match type in TypeDeclaration().Matches(code))
                {
                    _types[type.Groups[1].Value] = (name, folder);
                }
            }
        }
    }

    public IEnumerable<string> FilesWithoutLayer =>
        _files.Select(file => file.Path).Where(path => FolderOf(path) is null);

    public IEnumerable<string> EmptyFolders =>
        _layerOf.Keys.Where(folder => !_files.Any(file => FolderOf(file.Path) == folder));

    public SourceLayers With(SourceFile file) => new(_layers, [.. _files, file]);

    /// <summary>Namespace of the files of a folder.</summary>
    public static string NamespaceOf(string folder) => folder is "src/Runtime/Options"
        ? NamespaceOf("src/Runtime")
        : "NacrithOnnx" + folder["src".Length..].Replace('/', '.');

    /// <summary>Each use of a folder that is not in a lower layer than its user.</summary>
    public List<string> Violations()
    {
        var violations = new List<string>();
        foreach (var file in _files)
        {
            if (FolderOf(file.Path) is not { } user)
            {
                continue;
            }

            foreach (var used in Uses(file).Distinct())
            {
                if (used != user && _layerOf[used] >= _layerOf[user])
                {
                    violations.Add($"{file.Path} uses {used}");
                }
            }
        }

        return violations;
    }

    private IEnumerable<string> Uses(SourceFile file)
    {
        var code = Code(file.Text);
        var name = Declaration().Match(code).Groups[1].Value;
        code = Declaration().Replace(code, " ");
        foreach (Match match in Qualified().Matches(code))
        {
            if (LongestNamespace(match.Value) is { } folder)
            {
                yield return folder;
            }
        }

        foreach (Match match in PartlyQualified().Matches(code))
        {
            // Such a name must be a namespace of the assembly. A member rarely has the name of a folder; if one does,
            // rename it.
            var project = string.Join('/', file.Path.Split('/')[..2]);
            if (_layerOf.ContainsKey($"{project}/{match.Groups[1].Value}"))
            {
                yield return $"{project}/{match.Groups[1].Value}";
            }
        }

        foreach (Match match in Word().Matches(code))
        {
            if (_types.TryGetValue(match.Value, out var type)
                && (name + ".").StartsWith(type.Namespace + ".", StringComparison.Ordinal))
            {
                yield return type.Folder;
            }
        }
    }

    /// <summary>Whether names of the namespace can be used below it without a using.</summary>
    private bool Encloses(string name) =>
        _folders.Keys.Any(other => other.StartsWith(name + ".", StringComparison.Ordinal));

    private string? LongestNamespace(string name)
    {
        for (; name.Length > 0; name = name[..Math.Max(0, name.LastIndexOf('.'))])
        {
            if (_folders.TryGetValue(name, out var folder))
            {
                return folder;
            }
        }

        return null;
    }

    private string? FolderOf(string path)
    {
        for (var folder = path; folder.Contains('/', StringComparison.Ordinal);)
        {
            folder = folder[..folder.LastIndexOf('/')];
            if (_layerOf.ContainsKey(folder))
            {
                return folder;
            }
        }

        return null;
    }

    private static string Code(string text) => CommentOrString().Replace(text, " ");

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Declaration();

    [GeneratedRegex(@"^(?:[a-z]+ )*(?:class|struct|record|interface|enum) (?:struct )?(\w+)", RegexOptions.Multiline)]
    private static partial Regex TypeDeclaration();

    [GeneratedRegex(@"\bNacrithOnnx(?:\.\w+)+")]
    private static partial Regex Qualified();

    [GeneratedRegex(@"(?<![\w.]|\.\s)([A-Z]\w*)\s*\.\s*[A-Z]")]
    private static partial Regex PartlyQualified();

    [GeneratedRegex(@"(?<![\w.])[A-Z]\w*")]
    private static partial Regex Word();

    [GeneratedRegex("""
        "(?:[^"\\\n]|\\.)*"|//[^\n]*|/\*[\s\S]*?\*/
        """)]
    private static partial Regex CommentOrString();
}
