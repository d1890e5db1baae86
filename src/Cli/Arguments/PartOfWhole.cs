using System.Globalization;

namespace NacrithOnnx.Cli.Arguments;

/// <summary>One of several parts of a work that machines share.</summary>
/// <param name="Number">From 1 on.</param>
/// <param name="Count">Number of parts.</param>
internal readonly record struct PartOfWhole(int Number, int Count)
{
    /// <summary>Parts for which names and numbers stay handy; more is a typing error.</summary>
    public const int MaxCount = 100_000;

    /// <summary>Takes number and count from the variables of Slurm array jobs or of Kubernetes indexed jobs.</summary>
    public const string Auto = "auto";

    /// <summary>Variables of a Slurm array job. Numbers may begin anywhere and have steps.</summary>
    public const string SlurmTask = "SLURM_ARRAY_TASK_ID";
    public const string SlurmCount = "SLURM_ARRAY_TASK_COUNT";
    public const string SlurmMin = "SLURM_ARRAY_TASK_MIN";
    public const string SlurmStep = "SLURM_ARRAY_TASK_STEP";

    /// <summary>Variable of a Kubernetes indexed job, from 0 on.</summary>
    public const string JobIndex = "JOB_COMPLETION_INDEX";

    /// <summary>Set in the manifest of the job: Kubernetes does not tell a pod.</summary>
    public const string JobCompletions = "JOB_COMPLETIONS";

    /// <summary>Reads I/N or "auto".</summary>
    /// <param name="text">The value of the option.</param>
    /// <param name="variable">Looks a variable up; null where it is not set.</param>
    /// <exception cref="UsageException">It is neither, or the variables are missing or contradict each other.</exception>
    public static PartOfWhole Parse(string text, Func<string, string?> variable)
    {
        if (text == Auto)
        {
            return FromJob(variable);
        }

        var slash = text.IndexOf('/', StringComparison.Ordinal);
        return slash > 0 && Read(text[..slash]) is { } number && Read(text[(slash + 1)..]) is { } count
            && Checked(number, count) is { } part
            ? part
            : throw new UsageException($"'{text}' is not a part; give I/N, from 1/N to N/N, or {Auto}");
    }

    /// <summary>The units of the part, of all units in order: shares differ by one at most.</summary>
    /// <param name="units">Number of units.</param>
    public (long First, long End) Share(long units) =>
        ((long)((Int128)units * (Number - 1) / Count), (long)((Int128)units * Number / Count));

    /// <summary>I-of-N with as many digits for all, so that names sort as the parts do.</summary>
    public override string ToString()
    {
        var count = Count.ToString(CultureInfo.InvariantCulture);
        return $"{Number.ToString(CultureInfo.InvariantCulture).PadLeft(count.Length, '0')}-of-{count}";
    }

    private static PartOfWhole FromJob(Func<string, string?> variable)
    {
        if (variable(SlurmTask) is { Length: > 0 } task)
        {
            // A task of a step other than 1, or of a list with gaps, would belong to no part.
            var step = Read(variable(SlurmStep) ?? "1") ?? 0;
            return Read(task) is { } id && Read(variable(SlurmMin)) is { } min && Read(variable(SlurmCount)) is { } count
                && step > 0 && (id - min) % step == 0 && Checked(((id - min) / step) + 1, count) is { } part
                ? part
                : throw new UsageException(
                    $"--part {Auto} needs {SlurmMin} and {SlurmCount} with {SlurmTask}, and an array without gaps, such as --array=1-8");
        }

        if (variable(JobIndex) is { Length: > 0 } index)
        {
            return Read(index) is { } zeroBased && Read(variable(JobCompletions)) is { } count
                && Checked(zeroBased + 1L, count) is { } part
                ? part
                : throw new UsageException($"--part {Auto} needs {JobCompletions}, the number of pods, with {JobIndex}");
        }

        throw new UsageException($"--part {Auto} needs the variables of a job: {SlurmTask} or {JobIndex}");
    }

    private static PartOfWhole? Checked(long number, long count) =>
        number >= 1 && number <= count && count <= MaxCount ? new((int)number, (int)count) : null;

    private static int? Read(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
