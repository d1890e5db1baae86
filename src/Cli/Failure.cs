using NacrithOnnx.Cli.Arguments;
using NacrithOnnx.Cli.Files;

namespace NacrithOnnx.Cli;

/// <summary>What went wrong, as a person and as a script see it.</summary>
/// <param name="Code">Exit code.</param>
/// <param name="Reason">One sentence without the name of the file.</param>
internal readonly record struct Failure(ExitCode Code, string Reason)
{
    /// <summary>Sorts an exception. Whatever is not expected is a bug.</summary>
    public static Failure From(Exception exception) => exception switch
    {
        UsageException or FileRefusedException => new(ExitCode.Environment, exception.Message),
        EnvironmentException => new(ExitCode.Environment, exception.Message),
        NacrithException => new(ExitCode.BadInput, exception.Message),
        FileNotFoundException or DirectoryNotFoundException => new(ExitCode.Environment, "no such file or folder"),
        UnauthorizedAccessException => new(ExitCode.Environment, "permission denied"),
        IOException => new(ExitCode.Environment, exception.Message),
        InsufficientMemoryException or OutOfMemoryException => new(ExitCode.Environment, "not enough memory"),
        _ => new(ExitCode.Internal, $"internal error, please report it: {exception.GetType().Name}: {exception.Message}"),
    };
}
