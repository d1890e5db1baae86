namespace NacrithOnnx.Cli.Arguments;

/// <summary>Which options go together. To ignore one silently could lose data.</summary>
internal static class OptionRules
{
    /// <exception cref="UsageException">Two options contradict each other.</exception>
    public static void Check(CommandLineOptions options)
    {
        if (options.Mode is Mode.Help or Mode.Version)
        {
            return;
        }

        var toStandardOutput = options.ToStandardOutput || options.Output == CommandLineOptions.Standard;
        Refuse(options.Files.Contains(string.Empty), "a file name is empty");
        Refuse(options.Output == string.Empty, "-o needs a file name");
        Refuse(options.Output is not null && options.Files.Count > 1, "-o takes one input, so that nothing is overwritten");
        Refuse(options.Output is not null && options.Recursive, "-r writes each output beside its input, so -o is refused");
        Refuse(options.ToStandardOutput && options.Output is not null and not CommandLineOptions.Standard, "-c and -o contradict each other");
        Refuse(options.RemoveSource && toStandardOutput, "--rm needs an output file");
        Refuse(options.Verify && toStandardOutput, "--verify needs an output file");
        Refuse(options.Json && toStandardOutput && options.Mode is (Mode.Compress or Mode.Decompress), "--json and the output would both go to standard output");
        Refuse(options.Range is not null && options.Mode != Mode.Decompress, "--range goes with -d");
        Refuse(options.Range is not null && options.RemoveSource, "--range writes only a part, so --rm is refused");
        Refuse(
            options.Range is not null && !toStandardOutput && options.Output is null && options.Files.Any(name => name != CommandLineOptions.Standard),
            "--range needs -c or -o, so that a part is not mistaken for the whole");
    }

    private static void Refuse(bool wrong, string message)
    {
        if (wrong)
        {
            throw new UsageException(message);
        }
    }
}
