namespace NacrithOnnx.Cli.Arguments;

/// <summary>One option: how it is spelled, what it says of itself, and what it does.</summary>
/// <param name="Group">Heading it stands under in the help text.</param>
/// <param name="Names">All spellings, dashes included; the first is used in messages.</param>
/// <param name="Label">Spelling in the help text.</param>
/// <param name="TakesValue">Whether a value follows.</param>
/// <param name="Help">What it does; lines are broken by hand to fit 80 columns.</param>
/// <param name="Apply">Its effect. The string is the value, or where there is none the name it was given by.</param>
internal sealed record Flag(
    FlagGroup Group,
    string[] Names,
    string Label,
    bool TakesValue,
    string Help,
    Func<CommandLineOptions, string, CommandLineOptions> Apply);
