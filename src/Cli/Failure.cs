using NacrithOnnx.Cli.Arguments;
using NacrithOnnx.Cli.Files;
using NacrithOnnx.Cli.Host;
using NacrithOnnx.Cli.Jobs;

namespace NacrithOnnx.Cli;

/// <summary>What went wrong, for people and for scripts.</summary>
/// <param name="Code">Exit code.</param>
/// <param name="Reason">One sentence without the name of the file.</param>
internal readonly record struct Failure(ExitCode Code, string Reason)
{
    private const string NoMemory = "not enough memory";

    /// <summary>Classifies an exception. Any unexpected one is a bug.</summary>
    public static Failure From(Exception exception) => exception switch
    {
        UsageException or FileException or OutputFailedException => new(ExitCode.Environment, exception.Message),
        VerificationException => new(ExitCode.Internal, exception.Message),
        EnvironmentException when IsMemory(exception) => new(ExitCode.Environment, NoMemory),
        EnvironmentException => new(ExitCode.Environment, ReasonOf(exception.Message)),
        NacrithException => new(ExitCode.BadInput, ReasonOf(exception.Message)),
        FileNotFoundException or DirectoryNotFoundException => new(ExitCode.Environment, "no such file or folder"),
        UnauthorizedAccessException => new(ExitCode.Environment, "permission denied"),
        IOException => new(ExitCode.Environment, exception.Message),
        InsufficientMemoryException or OutOfMemoryException => new(ExitCode.Environment, NoMemory),
        _ => new(ExitCode.Internal, $"internal error, please report it: {exception.GetType().Name}: {exception.Message}"),
    };

    /// <summary>Turns a sentence from the library into a reason after a colon.</summary>
    private static string ReasonOf(string text)
    {
        var isSentence = text.Length > 1 && char.IsAsciiLetterUpper(text[0]) && (char.IsAsciiLetterLower(text[1]) || text[1] == ' ');
        return isSentence ? char.ToLowerInvariant(text[0]) + text[1..] : text;
    }

    /// <summary>ONNX Runtime reports it only by the name of the C++ exception.</summary>
    private static bool IsMemory(Exception exception) => exception.Message.Contains("bad_alloc", StringComparison.Ordinal);
}
