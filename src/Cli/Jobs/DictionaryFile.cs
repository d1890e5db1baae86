using NacrithOnnx.Cli.Files;

namespace NacrithOnnx.Cli.Jobs;

/// <summary>The file of a dictionary.</summary>
internal static class DictionaryFile
{
    /// <summary>The library's complaint that there is none, with the option that names it.</summary>
    public static DictionaryMismatchException Missing(DictionaryMismatchException exception) =>
        new($"{exception.Message.TrimEnd('.')}; name it with -D.", exception);

    /// <summary>Reads a dictionary.</summary>
    /// <exception cref="FileException">It is missing, cannot be read, is empty or too long.</exception>
    public static NacrithDictionary Read(string path)
    {
        if (FileSystem.Current.Status(path) is { Kind: FileKind.Folder })
        {
            throw new FileException("is a folder; -D takes one file", path);
        }

        try
        {
            using var source = SourceFile.Open(path);
            using var text = new MemoryStream();
            var piece = new byte[1 << 16];
            for (int read; text.Length <= NacrithDictionary.MaxLength && (read = source.Stream.Read(piece)) > 0;)
            {
                text.Write(piece, 0, read);
            }

            return text.Length switch
            {
                0 => throw new FileException("is empty, which no dictionary is", path),
                > NacrithDictionary.MaxLength => throw new FileException("is longer than a dictionary, which has at most 16 MiB", path),
                _ => new NacrithDictionary(text.GetBuffer().AsSpan(0, (int)text.Length)),
            };
        }
        catch (FileException exception) when (exception.Path is null)
        {
            throw new FileException(exception.Message, path, exception);
        }
    }
}
