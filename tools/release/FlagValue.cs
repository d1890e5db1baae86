using NacrithOnnx.Cli.Arguments;

namespace NacrithOnnx.Release;

/// <summary>What follows an option.</summary>
internal static class FlagValue
{
    /// <summary>What the help calls the value; empty where there is none.</summary>
    public static string Of(Flag flag) =>
        flag.TakesValue ? flag.Label[(flag.Label.LastIndexOf(' ') + 1)..] : string.Empty;

    /// <summary>Whether it names something in the file system.</summary>
    public static bool IsPath(Flag flag) => Of(flag) is "FILE" or "FOLDER" or "DIR";

    /// <summary>Whether it names a folder.</summary>
    public static bool IsFolder(Flag flag) => Of(flag) is "FOLDER" or "DIR";
}
