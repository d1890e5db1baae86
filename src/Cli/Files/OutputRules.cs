using NacrithOnnx.Cli.Host;

namespace NacrithOnnx.Cli.Files;

/// <summary>Decides before any work whether and how an output may be written.</summary>
/// <param name="host">Asks the user.</param>
/// <param name="force">Whether files may be replaced.</param>
/// <param name="inputs">All files that the run reads.</param>
internal sealed class OutputRules(IHost host, bool force, IEnumerable<string> inputs)
{
    /// <summary>Inspects what exists under the name of an output.</summary>
    /// <param name="target">The output.</param>
    /// <param name="source">The input's name; null for standard input.</param>
    /// <param name="input">The input's status.</param>
    /// <param name="isNamed">Whether the name comes from -o.</param>
    /// <exception cref="FileException">It must not be written.</exception>
    public OutputKind Decide(string target, string? source, FileStatus? input, bool isNamed)
    {
        DescriptorName.RequireOpen(target);
        if (DescriptorName.TryParse(target, out _))
        {
            return OutputKind.Descriptor;
        }

        if (input?.Kind == FileKind.Device && !isNamed && !force)
        {
            // Some devices never end, and next to a device is no place for an archive.
            throw new FileException("is a device; name the output with -o or -c", source);
        }

        var files = FileSystem.Current;
        if (files.Status(target, follow: false) is not { } entry)
        {
            // With -f a file that appears in the meantime is replaced too.
            return force ? OutputKind.Replacement : OutputKind.New;
        }

        // A dangling link is replaced like a file.
        var found = entry.Kind == FileKind.SymbolicLink ? files.Status(target) ?? entry : entry;
        switch (found.Kind)
        {
            case FileKind.Folder:
                throw new FileException("is a folder", target);
            case FileKind.Socket:
                throw new FileException("is a socket", target);
            case FileKind.Fifo or FileKind.Device when force || isNamed:
                return OutputKind.Device;
        }

        if (source is not null && SameFile.IsSame(source, input, target, found))
        {
            throw new FileException("is the input itself", target);
        }

        RequireNoInput(target, found, inputs);
        if (!force && !Confirm(target))
        {
            throw new FileException("already exists and is kept; use -f to replace it", target);
        }

        return OutputKind.Replacement;
    }

    /// <summary>Refuses an output that is a file which the run reads.</summary>
    /// <param name="target">The output.</param>
    /// <param name="found">Its status.</param>
    /// <param name="inputs">All files that the run reads.</param>
    /// <exception cref="FileException">It is.</exception>
    public static void RequireNoInput(string target, FileStatus found, IEnumerable<string> inputs)
    {
        foreach (var input in inputs)
        {
            if (FileSystem.Current.Status(input) is { } status && SameFile.IsSame(input, status, target, found))
            {
                throw new FileException("is another input", target);
            }
        }
    }

    private bool Confirm(string target)
    {
        if (!host.InputIsTerminal || !host.ErrorIsTerminal)
        {
            return false;
        }

        host.Error.Write($"nacrith: {Messages.Printable(target)} already exists; replace it (y/n)? ");
        host.Error.Flush();
        return host.ReadAnswer()?.Trim() is "y" or "Y" or "yes";
    }
}
