using System.CommandLine;
using System.CommandLine.Parsing;

namespace NacrithOnnx.Cli.Arguments;

/// <summary>
/// Reads a command line. System.CommandLine splits it into tokens (bundles, attached values, --); the flags then apply
/// in the order they were typed, so that the last of two that disagree wins.
/// </summary>
internal static class ArgumentParser
{
    /// <summary>Reads a command line.</summary>
    /// <param name="arguments">Without the name of the program.</param>
    /// <param name="defaults">What holds where the command line says nothing.</param>
    /// <exception cref="UsageException">It asks for something that does not exist or does not make sense.</exception>
    public static CommandLineOptions Parse(IReadOnlyList<string> arguments, CommandLineOptions defaults)
    {
        // A plain Command, for a RootCommand would bring its own --version and take "[parse]" for a directive.
        var command = new Command("nacrith");
        var files = new Argument<string[]>("files") { Arity = ArgumentArity.ZeroOrMore };
        command.Add(files);
        var flags = new Dictionary<string, Flag>(StringComparer.Ordinal);
        foreach (var flag in FlagTable.All)
        {
            command.Add(MakeOption(flag));
            foreach (string name in flag.Names)
            {
                flags.Add(name, flag);
            }
        }

        // Without this, a file called @x would be opened and read as more arguments.
        var result = command.Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });
        var names = result.GetResult(files)?.Tokens.Select(token => token.Value).ToArray() ?? [];
        RefuseUnknownOptions(result, names);
        if (result.Errors.Count > 0)
        {
            throw new UsageException(result.Errors[0].Message.TrimEnd('.'));
        }

        var options = defaults with { Files = names };
        for (int index = 0; index < result.Tokens.Count; index++)
        {
            var token = result.Tokens[index];
            if (token.Type == TokenType.Option)
            {
                var flag = flags[token.Value];
                options = flag.Apply(options, flag.TakesValue ? result.Tokens[++index].Value : token.Value);
            }
        }

        OptionRules.Check(options);
        return options;
    }

    private static Option MakeOption(Flag flag) => flag.TakesValue
        ? new Option<string[]>(flag.Names[0], flag.Names[1..]) { Arity = ArgumentArity.OneOrMore }
        : new Option<bool>(flag.Names[0], flag.Names[1..]) { Arity = ArgumentArity.Zero };

    /// <summary>An option nobody knows comes out of the parser as a file; behind -- it is one.</summary>
    private static void RefuseUnknownOptions(ParseResult result, string[] names)
    {
        int behindDashes = result.Tokens.Reverse().TakeWhile(token => token.Type != TokenType.DoubleDash).Count();
        int checkedNames = behindDashes == result.Tokens.Count ? names.Length : names.Length - behindDashes;
        foreach (string name in names.Take(checkedNames))
        {
            if (name.StartsWith('-') && name != CommandLineOptions.Standard)
            {
                throw new UsageException($"unknown option '{name}'");
            }
        }
    }
}
