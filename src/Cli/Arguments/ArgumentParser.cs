namespace NacrithOnnx.Cli.Arguments;

/// <summary>
/// Reads a command line by the rules of getopt_long: short options can be bundled, a value is attached or follows,
/// options and files may be mixed, and everything after -- is a file. Flags apply in the order they were typed, so
/// the last of two that contradict each other wins.
/// </summary>
/// <remarks>
/// Not built on System.CommandLine, because every name must be a possible file: release 3.0.0 drops a first file with
/// the program's name, takes a first "[parse]" for a directive, reads "-dX" as -d and a file X, and takes options that do
/// not exist for files. SystemCommandLineTests shows each.
/// </remarks>
internal static class ArgumentParser
{
    private const string EndOfOptions = "--";

    private static readonly Dictionary<string, Flag> Flags = FlagTable.All
        .SelectMany(flag => flag.Names, (flag, name) => (flag, name))
        .ToDictionary(pair => pair.name, pair => pair.flag, StringComparer.Ordinal);

    /// <summary>Reads a command line.</summary>
    /// <param name="arguments">Without the name of the program.</param>
    /// <param name="defaults">What applies unless the command line says otherwise.</param>
    /// <exception cref="UsageException">It asks for something that does not exist or does not make sense.</exception>
    public static CommandLineOptions Parse(IReadOnlyList<string> arguments, CommandLineOptions defaults)
    {
        var options = defaults;
        var files = new List<string>();
        using var rest = arguments.GetEnumerator();
        while (rest.MoveNext())
        {
            var argument = rest.Current;
            if (argument == EndOfOptions)
            {
                while (rest.MoveNext())
                {
                    files.Add(rest.Current);
                }
            }
            else if (argument.StartsWith(EndOfOptions, StringComparison.Ordinal))
            {
                options = ApplyLong(argument, rest, options);
            }
            else if (argument.StartsWith('-') && argument != CommandLineOptions.Standard)
            {
                options = ApplyBundle(argument, rest, options);
            }
            else
            {
                files.Add(argument);
            }
        }

        options = options with { Files = files };
        OptionRules.Check(options);
        return options;
    }

    private static CommandLineOptions ApplyLong(string argument, IEnumerator<string> rest, CommandLineOptions options)
    {
        var equals = argument.IndexOf('=', StringComparison.Ordinal);
        var name = equals < 0 ? argument : argument[..equals];
        var flag = Flags.GetValueOrDefault(name) ?? throw Unknown($"'{name}'", argument);
        if (!flag.TakesValue)
        {
            return equals < 0 ? flag.Apply(options, name) : throw new UsageException($"option '{name}' takes no value");
        }

        return flag.Apply(options, equals < 0 ? Following(name, rest) : argument[(equals + 1)..]);
    }

    private static CommandLineOptions ApplyBundle(string argument, IEnumerator<string> rest, CommandLineOptions options)
    {
        for (var index = 1; index < argument.Length; index++)
        {
            var name = $"-{argument[index]}";
            var where = argument.Length > 2 ? $" in '{argument}'" : string.Empty;
            var flag = Flags.GetValueOrDefault(name) ?? throw Unknown($"'{name}'{where}", argument);
            if (flag.TakesValue)
            {
                var attached = argument[(index + 1)..];
                return flag.Apply(options, attached.Length > 0 ? attached : Following(name, rest));
            }

            options = flag.Apply(options, name);
        }

        return options;
    }

    private static UsageException Unknown(string what, string argument) =>
        new($"unknown option {what}; a file of that name is written ./{argument}");

    private static string Following(string name, IEnumerator<string> rest) =>
        rest.MoveNext() ? rest.Current : throw new UsageException($"option '{name}' needs a value");
}
