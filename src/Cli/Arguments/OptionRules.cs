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

        // Standard input goes there too, unless its output has a name.
        var writesThere = options.Mode is Mode.Compress or Mode.Decompress
            && (toStandardOutput || (options.Output is null && (options.Files.Count == 0 || options.Files.Contains(CommandLineOptions.Standard))));
        Refuse(options.Files.Contains(string.Empty), "a file name is empty");
        Refuse(options.Output == string.Empty, "-o needs a file name");
        Refuse(options.Output is not null && options.Files.Count > 1 && options.Mode != Mode.Join, "-o takes one input, so that nothing is overwritten");
        Refuse(options.Output is not null && options.Recursive, "-r writes each output beside its input, so -o is refused");
        Refuse(options.ToStandardOutput && options.Output is not null and not CommandLineOptions.Standard, "-c and -o contradict each other");
        Refuse(options.Output is not null && options.Mode is (Mode.Test or Mode.List), "-t and -l write no file, so -o is refused");
        Refuse(options.RemoveSource && (toStandardOutput || writesThere), "--rm needs an output file");
        Refuse(options.Verify && (toStandardOutput || writesThere), "--verify needs an output file");
        CheckMessages(options, toStandardOutput);
        CheckTrial(options, toStandardOutput);
        Refuse(options.Json && writesThere, "--json and the output would both go to standard output");
        CheckReport(options, toStandardOutput);
        CheckPart(options, toStandardOutput);
        CheckJoin(options, toStandardOutput);
        Refuse(options.Range is not null && options.Mode != Mode.Decompress, "--range goes with -d");
        Refuse(options.Range is not null && options.RemoveSource, "--range writes only a part, so --rm is refused");
        Refuse(
            options.Range is not null && !toStandardOutput && options.Output is null && options.Files.Any(name => name != CommandLineOptions.Standard),
            "--range needs -c or -o, so that a part is not mistaken for the whole");
    }

    private static void CheckMessages(CommandLineOptions options, bool toStandardOutput)
    {
        Refuse(options.Dictionary == string.Empty, "-D needs a file name");
        if (!options.Message)
        {
            Refuse(options.CheckLength is not null, "--check goes with --message");
            Refuse(options.Dictionary is not null && options.Mode == Mode.List, "-l needs no dictionary");
            return;
        }

        Refuse(options.Mode == Mode.List, "a message has no header to list; -t decodes it");
        Refuse(options.Range is not null, "--range is for archives: a message is short");
        Refuse(options.IgnoreTrailing, "--ignore-trailing is for archives: a message does not say where it ends");
        Refuse(options.MemoryLimit is not null, "-M is for archives: --max-output limits a message");
        Refuse(
            options.Mode == Mode.Compress && toStandardOutput && (options.Files.Count > 1 || options.Recursive),
            "messages do not say where they end, so -c takes one input");
    }

    private static void CheckTrial(CommandLineOptions options, bool toStandardOutput)
    {
        if (options.Mode == Mode.Try)
        {
            Refuse(options.Output is not null || toStandardOutput, "--try writes only its table, so -c and -o are refused");
            Refuse(options.RemoveSource, "--try keeps the input, so --rm is refused");
            Refuse(options.Verify, "--try writes nothing that --verify could read");
        }
    }

    private static void CheckPart(CommandLineOptions options, bool toStandardOutput)
    {
        if (options.Part is null)
        {
            return;
        }

        Refuse(options.Mode is not (Mode.Compress or Mode.Decompress or Mode.Test), "--part goes with -z, -d or -t");
        Refuse(
            options.Files is not [not CommandLineOptions.Standard] || options.Recursive,
            "--part takes one file, whose parts are found by its length or its index");
        Refuse(toStandardOutput, "--part needs an output file");
        Refuse(options.Mode == Mode.Decompress && options.Output is null, "--part with -d needs -o, the file that all parts share");
        Refuse(options.RemoveSource, "--part reads only a part, so --rm is refused");
        Refuse(options.Range is not null, "--part and --range contradict each other");
        Refuse(options.Message, "--part is for archives: a message is short");
        Refuse(options.Report is not null, "--report shows the whole content, so --part is refused");
        Refuse(options.Armor && options.Mode == Mode.Compress, "--part writes what is joined, so -a is refused");
    }

    private static void CheckJoin(CommandLineOptions options, bool toStandardOutput)
    {
        if (options.Mode != Mode.Join)
        {
            Refuse(options.Content is not null, "--content goes with --join");
            return;
        }

        Refuse(options.Files.Count == 0 || options.Files.Contains(CommandLineOptions.Standard), "--join needs the files of the parts");
        Refuse(options.Recursive, "--join takes the parts in order, so -r is refused");
        Refuse(options.Output is null || toStandardOutput, "--join needs -o and the name of a file");
        Refuse(options.Content == string.Empty || options.Content == CommandLineOptions.Standard, "--content needs the name of a file");
        Refuse(options.RemoveSource, "--join keeps the parts, so --rm is refused");
        Refuse(options.Message || options.Armor, "--join is for binary archives");
        Refuse(options.Json, "--join has no --json");
    }

    private static void CheckReport(CommandLineOptions options, bool toStandardOutput)
    {
        if (options.Report is not { } report)
        {
            return;
        }

        var writesPage = report == CommandLineOptions.Standard;
        Refuse(report.Length == 0, "--report needs a file name");
        Refuse(options.Mode is Mode.List or Mode.Try or Mode.Join, "--report goes with -z, -d or -t");
        Refuse(options.Message, "--report is for archives: a message is too short for it");
        Refuse(options.Files.Count > 1 || options.Recursive, "--report takes one input: a page shows one");
        Refuse(options.Range is not null, "--report shows the whole content, so --range is refused");
        Refuse(writesPage && (toStandardOutput || options.Json), "--report - and the output would both go to standard output");
        Refuse(
            writesPage && options.Mode != Mode.Test && options.Output is null && options.Files is [] or [CommandLineOptions.Standard],
            "--report - and the output would both go to standard output");
    }

    private static void Refuse(bool wrong, string message)
    {
        if (wrong)
        {
            throw new UsageException(message);
        }
    }
}
