using System.Text;
using NacrithOnnx.Cli.Posix;

namespace NacrithOnnx.Cli;

/// <summary>Messages on standard error, a line each: program, file, reason.</summary>
/// <param name="error">Standard error.</param>
/// <param name="quiet">Number of -q: one suppresses warnings and notes, two suppress errors too.</param>
/// <param name="verbose">Number of -v: one adds notes, two add traces of internal errors.</param>
internal sealed class Messages(TextWriter error, int quiet, int verbose)
{
    private const string Program = "nacrith";

    /// <summary>Whether notes are wanted.</summary>
    public bool IsVerbose => verbose > 0 && quiet == 0;

    public void Error(string? file, Failure failure, Exception exception)
    {
        if (quiet > 1)
        {
            return;
        }

        Write(file, failure.Reason);
        if (failure.Code == ExitCode.Internal && verbose > 1)
        {
            error.WriteLine(exception);
        }
    }

    public void Warning(string? file, string text)
    {
        if (quiet == 0)
        {
            Write(file, text);
        }
    }

    public void Note(string? file, string text)
    {
        if (IsVerbose)
        {
            Write(file, text);
        }
    }

    public void Summary(string text)
    {
        if (quiet <= 1)
        {
            Write(null, text);
        }
    }

    /// <summary>
    /// A name without characters that could move the cursor, turn the direction of text or fake a message. Bytes that
    /// are not UTF-8 are shown as \xNN.
    /// </summary>
    public static string Printable(string name)
    {
        name = ByteName.Readable(name);
        var text = new StringBuilder(name.Length);
        foreach (var letter in name)
        {
            text.Append(char.IsControl(letter) || IsDirection(letter) ? '?' : letter);
        }

        return text.ToString();
    }

    /// <summary>Embeddings, overrides and isolates of the bidirectional algorithm.</summary>
    private static bool IsDirection(char letter) => letter is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');

    private void Write(string? file, string text)
    {
        var where = file is null ? string.Empty : $"{file}: ";
        error.WriteLine(Printable($"{Program}: {where}{text.TrimEnd('.')}"));
    }
}
