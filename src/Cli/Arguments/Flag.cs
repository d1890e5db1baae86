namespace NacrithOnnx.Cli.Arguments;

/// <summary>One option: its spellings, its help text and its effect.</summary>
/// <param name="Group">Its heading in the help text.</param>
/// <param name="Names">All spellings, dashes included; the first is used in messages.</param>
/// <param name="Label">Spelling in the help text.</param>
/// <param name="TakesValue">Whether a value follows.</param>
/// <param name="Help">Help text, with line breaks to fit 80 columns.</param>
/// <param name="Apply">Its effect. The string is the value, or for an option without one the spelling that was used.</param>
internal sealed record Flag(
    FlagGroup Group,
    string[] Names,
    string Label,
    bool TakesValue,
    string Help,
    Func<CommandLineOptions, string, CommandLineOptions> Apply);
