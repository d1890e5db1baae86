namespace NacrithOnnx.Cli.Files;

/// <summary>A file cannot or must not be read or written.</summary>
/// <param name="reason">Why, in words that follow the name of the file.</param>
/// <param name="path">The file; null for the input that is being worked on.</param>
/// <param name="inner">The failure underneath, if any.</param>
internal sealed class FileException(string reason, string? path = null, Exception? inner = null)
    : Exception(reason, inner)
{
    /// <summary>The file; null for the input that is being worked on.</summary>
    public string? Path => path;

    /// <summary>Whether .NET reports a failed write by this exception.</summary>
    public static bool IsWriteFailure(Exception exception) => exception is IOException or ArgumentOutOfRangeException;

    /// <summary>A failed write, with the name of the file.</summary>
    public static FileException ToWrite(Exception exception, string? path)
    {
        // .NET reports EFBIG this way: the file exceeds ulimit -f or the limit of the file system.
        var reason = exception is ArgumentOutOfRangeException ? "file too large" : exception.Message;
        return new(reason, path, exception);
    }
}
