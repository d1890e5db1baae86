using System.Text;

namespace NacrithOnnx.Cli;

/// <summary>One line a message on standard error: program, file, reason.</summary>
/// <param name="error">Standard error.</param>
/// <param name="quiet">Number of -q: one leaves out warnings and notes, two errors as well.</param>
/// <param name="verbose">Number of -v: one adds notes, two traces of internal errors.</param>
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

    /// <summary>A name without control characters, which could otherwise move the cursor or fake a message.</summary>
    public static string Printable(string name)
    {
        var text = new StringBuilder(name.Length);
        foreach (var letter in name)
        {
            text.Append(char.IsControl(letter) ? '?' : letter);
        }

        return text.ToString();
    }

    private void Write(string? file, string text)
    {
        var where = file is null ? string.Empty : $"{file}: ";
        error.WriteLine(Printable($"{Program}: {where}{text.TrimEnd('.')}"));
    }
}
