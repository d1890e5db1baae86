using System.Globalization;
using NacrithOnnx.Format;

namespace NacrithOnnx.Cli.Arguments;

/// <summary>Every option. The parser, the help text and the tests are made from this table.</summary>
internal static class FlagTable
{
    /// <summary>More threads than any machine has; larger numbers are typing errors.</summary>
    public const int MaxThreads = 1024;

    public static IReadOnlyList<Flag> All { get; } =
    [
        Switch(FlagGroup.Operation, ["-z", "--compress"], "compress; this is the default", o => o with { Mode = Mode.Compress }),
        Switch(FlagGroup.Operation, ["-d", "--decompress", "--uncompress"], "decompress", o => o with { Mode = Mode.Decompress }),
        Switch(FlagGroup.Operation, ["-t", "--test"], "decode and verify checksums, write nothing", o => o with { Mode = Mode.Test }),
        Switch(FlagGroup.Operation, ["-l", "--list"], "list what archives hold, without decoding them", o => o with { Mode = Mode.List }),
        Switch(FlagGroup.Operation, ["--try"], "compress, write nothing and show the sizes; with -D,\nalso without the dictionary; folders are entered", o => o with { Mode = Mode.Try }),
        Switch(FlagGroup.Operation, ["--join"], "make one archive, -o FILE, of archives whose contents\nfollow each other; needs no model", o => o with { Mode = Mode.Join }),
        Switch(FlagGroup.Operation, ["-h", "--help"], "show this help", o => o with { Mode = Mode.Help }),
        Switch(FlagGroup.Operation, ["-V", "--version"], "show versions and the model; machines with the same\nmodel and arithmetic can exchange archives", o => o with { Mode = Mode.Version }),

        Switch(FlagGroup.Files, ["-c", "--stdout"], "write to standard output", o => o with { ToStandardOutput = true }),
        Value(FlagGroup.Files, ["-o", "--output"], "FILE", "write to FILE; one input only", (o, value) => o with { Output = value }),
        Switch(FlagGroup.Files, ["-f", "--force"], "overwrite files; write archives to a terminal; with\n-dc, copy files that are not archives unchanged", o => o with { Force = true }),
        Switch(FlagGroup.Files, ["-a", "--armor"], "write text that survives chat and mail (Base64url);\n-d, -t and -l recognise it", o => o with { Armor = true }),
        Switch(FlagGroup.Files, ["-r", "--recursive"], "process every file in the folders given; to make one\narchive of a folder, use tar", o => o with { Recursive = true }),
        Switch(FlagGroup.Files, ["-k", "--keep"], "keep the input; this is the default", o => o with { RemoveSource = false }),
        Switch(FlagGroup.Files, ["--rm"], "remove the input once the output is on disk; a new\narchive is first decoded and compared", o => o with { RemoveSource = true }),
        Value(FlagGroup.Files, ["--part"], "I/N", "do part I of N: compress to FILE.part-I-of-N.ncx, or\ndecode into -o FILE, which all parts share; auto takes\nthem from a Slurm array or a Kubernetes indexed job", (o, value) => o with { Part = value }),
        Value(FlagGroup.Files, ["--content"], "FILE", "with --join, the content of all parts: the result is\nthe archive that one machine makes of it", (o, value) => o with { Content = value }),
        Value(FlagGroup.Files, ["--report"], "FILE", "also write a page that shows where the bits went, with\n-z, -d or -t; one input only", (o, value) => o with { Report = value }),

        new(FlagGroup.Compression, ["-1", "-2", "-3", "-4", "-5", "-6", "-7", "-8", "-9"], "-1 ... -9", TakesValue: false, "level: -6 is the default and fastest, -9 smallest", (o, name) => o with { Level = name[1] - '0' }),
        Value(FlagGroup.Compression, ["-D", "--dictionary"], "FILE", "learn FILE, samples of what is compressed, before the\ncontent; -d and -t need the same file", (o, value) => o with { Dictionary = value }),
        Switch(FlagGroup.Compression, ["--verify"], "decode the new archive and compare it with the input", o => o with { Verify = true }),
        Value(FlagGroup.Compression, ["-T", "--threads"], "N", "threads; 0, the default, means one per processor; the\nnumber affects speed, never the archive", (o, value) => o with { Threads = ParseThreads(value) }),
        Value(FlagGroup.Compression, ["-w", "--workers"], "N", "parts of 4 MiB to code at once, also with -d and -t;\n0, the default, means as many as are worthwhile; the\nnumber affects speed and memory, never the archive", (o, value) => o with { Workers = ParseWorkers(value) }),
        Value(FlagGroup.Compression, ["-M", "--memory"], "SIZE", "take at most SIZE of memory, also with -d and -t, or\nrefuse; the program itself, 80 MB, comes on top; the\nsize affects speed, never the archive", (o, value) => o with { MemoryLimit = ByteSize.Parse(value) }),

        Value(FlagGroup.Decompression, ["--range"], "OFFSET,LENGTH", "with -d, decode only these bytes of the content", (o, value) => o with { Range = ByteRange.Parse(value) }),
        Value(FlagGroup.Decompression, ["--max-output"], "SIZE", "refuse archives that hold more than SIZE", (o, value) => o with { MaxOutput = ByteSize.Parse(value) }),
        Switch(FlagGroup.Decompression, ["--ignore-trailing"], "ignore foreign bytes after an archive", o => o with { IgnoreTrailing = true }),

        Switch(FlagGroup.Messages, ["--message"], "write a message (FILE.ncm): content of at most 64 KiB\nwithout a header; also with -d, to read one", o => o with { Message = true }),
        Value(FlagGroup.Messages, ["--check"], "N", "bytes of a message's check: 0, 1, 2 or 4; 2 is the\ndefault; reader and writer need the same", (o, value) => o with { CheckLength = ParseCheck(value) }),

        Switch(FlagGroup.Reports, ["-q", "--quiet"], "no warnings; -qq: no errors either", o => o with { Quiet = o.Quiet + 1 }),
        Switch(FlagGroup.Reports, ["-v", "--verbose"], "say more: sizes and speed, frames with -l; -vv: where\nan internal error came from", o => o with { Verbose = o.Verbose + 1 }),
        Switch(FlagGroup.Reports, ["--no-progress"], "no progress line on a terminal", o => o with { NoProgress = true }),
        Switch(FlagGroup.Reports, ["--json"], "one JSON object per file on standard output", o => o with { Json = true }),

        Value(FlagGroup.Other, ["--device"], "DEVICE", "where the model runs: auto (the default), cpu, cuda,\nor cuda:N[,M...]; it affects speed, never the archive", (o, value) => o with { Device = ParseDevice(value) }),
        Value(FlagGroup.Other, ["--model"], "FOLDER", "the model to use", (o, value) => o with { ModelFolder = value }),
    ];

    /// <summary>Reads a number of threads.</summary>
    public static int ParseThreads(string text) => ParseNumber(text, "threads");

    /// <summary>Reads a number of workers.</summary>
    public static int ParseWorkers(string text) => ParseNumber(text, "workers");

    /// <summary>Checks a device.</summary>
    public static string ParseDevice(string text) => DeviceSetting.TryParse(text) is not null
        ? text
        : throw new UsageException($"'{text}' is not a device; give {DeviceSetting.Syntax}");

    /// <summary>Reads a level.</summary>
    public static int ParseLevel(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var level)
        && level is >= CompressOptions.MinLevel and <= CompressOptions.MaxLevel
            ? level
            : throw new UsageException($"'{text}' is not a level; give {CompressOptions.MinLevel} to {CompressOptions.MaxLevel}");

    /// <summary>Reads the length of a message's check.</summary>
    public static int ParseCheck(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var length) && MessageCheck.IsLength(length)
            ? length
            : throw new UsageException($"'{text}' is not a length of a check; give 0, 1, 2 or 4");

    private static Flag Switch(
        FlagGroup group, string[] names, string help, Func<CommandLineOptions, CommandLineOptions> apply) =>
        new(group, names, string.Join(", ", names), TakesValue: false, help, (options, _) => apply(options));

    private static Flag Value(
        FlagGroup group, string[] names, string value, string help, Func<CommandLineOptions, string, CommandLineOptions> apply) =>
        new(group, names, $"{string.Join(", ", names)} {value}", TakesValue: true, help, apply);

    private static int ParseNumber(string text, string what) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= MaxThreads
            ? number
            : throw new UsageException($"'{text}' is not a number of {what}; give 0 to {MaxThreads}");
}
