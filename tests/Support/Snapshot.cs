namespace NacrithOnnx.Tests.Support;

/// <summary>
/// Compares a text with a file of the repository and prints the lines that differ. Verify.Xunit, the usual package for
/// this, cannot be restored from the feed of this project.
/// </summary>
internal static class Snapshot
{
    /// <summary>Set to write the files instead of comparing: look at the difference before you commit it.</summary>
    public const string UpdateVariable = "NACRITH_UPDATE_SNAPSHOTS";

    /// <summary>Asserts that a text is the committed one.</summary>
    /// <param name="text">The text.</param>
    /// <param name="path">The file, from the root of the repository.</param>
    public static void Equal(string text, string path)
    {
        var file = Path.Combine(Repository.Root, path);
        if (Environment.GetEnvironmentVariable(UpdateVariable) == "1")
        {
            File.WriteAllText(file, text);
        }

        var difference = Difference(File.Exists(file) ? File.ReadAllText(file) : string.Empty, text);
        Assert.True(
            difference.Length == 0,
            $"{path} differs (- committed, + now). Run with {UpdateVariable}=1 to accept:\n{difference}");
    }

    /// <summary>Lines of only one of two texts, in order; nothing where they are equal.</summary>
    public static string Difference(string before, string after)
    {
        string[] old = before.Split('\n'), now = after.Split('\n');
        var removed = old.Except(now, StringComparer.Ordinal).Select(line => "- " + line);
        var added = now.Except(old, StringComparer.Ordinal).Select(line => "+ " + line);
        var lines = string.Join('\n', removed.Concat(added));
        return lines.Length > 0 || before == after ? lines : "the same lines in another order or number";
    }
}
