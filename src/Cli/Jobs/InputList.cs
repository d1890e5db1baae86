using NacrithOnnx.Cli.Arguments;
using NacrithOnnx.Cli.Files;

namespace NacrithOnnx.Cli.Jobs;

/// <summary>
/// The inputs of a run: the files given, and with -r or --try the files in the folders given. From folders only regular files are
/// taken: archives to decompress, test or list, all others to compress.
/// </summary>
internal sealed class InputList(CommandLineOptions options)
{
    /// <summary>All inputs in order, and folders that cannot be read.</summary>
    public IEnumerable<(string Name, FileException? Problem)> All()
    {
        if (options.Files.Count == 0)
        {
            return [(CommandLineOptions.Standard, null)];
        }

        return options.Recursive || options.Mode == Mode.Try
            ? options.Files.SelectMany(Expand)
            : options.Files.Select(file => (file, (FileException?)null));
    }

    private IEnumerable<(string Name, FileException? Problem)> Expand(string file) =>
        file != CommandLineOptions.Standard && KindOf(file, follow: true) == FileKind.Folder
            ? Walk(file)
            : [(file, null)];

    private IEnumerable<(string Name, FileException? Problem)> Walk(string folder)
    {
        List<string> names = [];
        FileException? problem = null;
        try
        {
            names.AddRange(FileSystem.Current.Names(folder).Order(StringComparer.Ordinal));
        }
        catch (FileException exception)
        {
            problem = exception;
        }

        if (problem is not null)
        {
            yield return (folder, problem);
        }

        foreach (var name in names)
        {
            var path = Path.Combine(folder, name);
            switch (KindOf(path, follow: false))
            {
                case FileKind.Folder:
                    foreach (var entry in Walk(path))
                    {
                        yield return entry;
                    }

                    break;
                case FileKind.Regular when IsWanted(name):
                    yield return (path, null);
                    break;
            }
        }
    }

    private bool IsWanted(string name) =>
        options.Names.IsArchive(name) != (options.Mode is Mode.Compress or Mode.Try) && !TemporaryFiles.IsTemporary(name);

    private static FileKind? KindOf(string path, bool follow)
    {
        try
        {
            return FileSystem.Current.Status(path, follow)?.Kind;
        }
        catch (FileException)
        {
            // Opening it will report the reason.
            return null;
        }
    }
}
