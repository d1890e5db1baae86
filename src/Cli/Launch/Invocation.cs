using System.Text;

namespace NacrithOnnx.Cli.Launch;

/// <summary>The name the program was started by: a second name stands for options, as zcat does for gzip's.</summary>
internal static class Invocation
{
    /// <summary>Decompresses to standard output.</summary>
    public const string Cat = "ncxcat";

    /// <summary>Options that a name stands for; those on the command line come after them and win.</summary>
    public static IReadOnlyList<string> Defaults(string name) => name == Cat ? ["--decompress", "--stdout"] : [];

    /// <summary>The name, without folder and extension.</summary>
    public static string Name()
    {
        var program = Environment.ProcessPath;
        if (OperatingSystem.IsLinux())
        {
            try
            {
                // .NET shows the file that runs, and not the link to it that the user typed.
                program = Encoding.UTF8.GetString(File.ReadAllBytes("/proc/self/cmdline")).Split('\0')[0];
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // The file that runs is what remains.
            }
        }

        return Path.GetFileNameWithoutExtension(program) ?? string.Empty;
    }
}
