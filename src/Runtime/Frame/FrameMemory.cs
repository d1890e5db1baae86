using NacrithOnnx.Runtime.Engine;
using NacrithOnnx.Runtime.Predict;
using NacrithOnnx.Runtime.Text;

namespace NacrithOnnx.Runtime.Frame;

/// <summary>
/// The memory that the text of a frame may take. What does not fit is refused before it is allocated; calls of the model are made
/// smaller first, which changes no byte.
/// </summary>
/// <param name="rule">What things take.</param>
/// <param name="profile">The parameters.</param>
/// <param name="limit">Maximum bytes; <see cref="long.MaxValue"/> if there is no limit.</param>
/// <param name="contentLength">Bytes of the frame's content.</param>
/// <param name="hasDictionary">Whether a dictionary comes before the text.</param>
/// <param name="compresses">Whether another level could be chosen.</param>
internal sealed class FrameMemory(
    Func<MemoryRule> rule, Profile profile, long limit, int contentLength, bool hasDictionary, bool compresses)
{
    /// <summary>Rows of a step of one lane whose guesses are fed along.</summary>
    private const int LeastRows = TextCoder.MaxGuesses + 1;

    /// <summary>Of English prose: the number of tokens of a text is not known before it is split into them.</summary>
    private const int TextBytesPerToken = 4;

    /// <summary>A token in the text, in its window and in the history; counted where there are more tokens than bytes.</summary>
    private const int MemoryPerToken = 3 * sizeof(int);

    /// <summary>Tokens of a sample.</summary>
    private const int SampleTokens = 1024;

    /// <summary>Whether there is a limit.</summary>
    public bool IsLimited => limit < long.MaxValue;

    /// <summary>
    /// Rows of calls before the layout is known, for samples of the text. Buffers do not shrink, so there are no more than the text
    /// will have.
    /// </summary>
    /// <exception cref="LimitExceededException">Not even a sample fits.</exception>
    public int SampleRows()
    {
        if (!IsLimited)
        {
            return LaneWindows.MaxRows;
        }

        var memory = rule();
        var text = profile.Lanes.Layout(Math.Max(contentLength / TextBytesPerToken, 1));
        var sample = new LaneLayout(Math.Min(SampleTokens, text.Count), 1, 0);
        return Fits(memory, sample, LeastRows) ? Rows(memory, text) : throw Refusal(memory, text);
    }

    /// <summary>Rows of calls for a layout.</summary>
    /// <exception cref="LimitExceededException">It does not fit.</exception>
    public int Rows(LaneLayout layout)
    {
        if (!IsLimited)
        {
            return LaneWindows.MaxRows;
        }

        var memory = rule();
        var rows = Rows(memory, layout);
        return Fits(memory, layout, rows) ? rows : throw Refusal(memory, layout);
    }

    private static int Least(LaneLayout layout) => Math.Max(layout.Lanes, LeastRows);

    private bool Fits(MemoryRule memory, LaneLayout layout, int rows) => Need(memory, profile, layout, rows) <= limit;

    /// <summary>The most rows that fit, or the fewest possible.</summary>
    private int Rows(MemoryRule memory, LaneLayout layout)
    {
        var least = Least(layout);
        var rows = Math.Max(LaneWindows.MaxRows, least);
        while (rows > least && !Fits(memory, layout, rows))
        {
            rows = Math.Max(rows / 2, least);
        }

        return rows;
    }

    private long Need(MemoryRule memory, Profile level, LaneLayout layout, int rows)
    {
        var predictor = memory.Predictor(level.Predictor);
        var before = hasDictionary ? PreparedDictionary.PrefixLength(int.MaxValue, level.Window) : layout.Primer;
        return memory.Model + predictor + memory.Calls(rows)
            + memory.Caches(layout.Lanes, (long)layout.Steps + before, level.Window)
            + (hasDictionary ? predictor + memory.Caches(1, before, level.Window) : 0)
            + ((long)DecompressOptions.BytesPerContentByte * contentLength)
            + ((long)MemoryPerToken * Math.Max(layout.Count - contentLength, 0));
    }

    private LimitExceededException Refusal(MemoryRule memory, LaneLayout layout)
    {
        var need = Need(memory, profile, layout, Least(layout));
        var reason = $"The text needs {InMebibytes(need)} of memory, more than the limit of {limit >> 20} MiB";
        return new LimitExceededException(compresses ? $"{reason}; {Advice(memory, layout.Count)}." : $"{reason}.");
    }

    /// <summary>The level nearest to the one asked for that fits, or the one that needs least.</summary>
    private string Advice(MemoryRule memory, int tokens)
    {
        var needs = new List<(int Level, long Need)>();
        for (var level = CompressOptions.MaxLevel; level >= CompressOptions.MinLevel; level--)
        {
            var other = Profiles.OfLevel(level);
            var layout = other.Lanes.Layout(Math.Max(tokens, 1));
            needs.Add((level, Need(memory, other, layout, Least(layout))));
        }

        var fitting = needs.Where(other => other.Need <= limit).ToArray();
        if (fitting.Length == 0)
        {
            var (level, need) = needs.MinBy(other => other.Need);
            return $"no level fits, and level {level} needs least, {InMebibytes(need)}";
        }

        var best = fitting.MinBy(other => Math.Abs(other.Level - LevelOf(profile)));
        return $"level {best.Level} fits";
    }

    private static int LevelOf(Profile profile)
    {
        for (var level = CompressOptions.MaxLevel; level > CompressOptions.MinLevel; level--)
        {
            if (Profiles.OfLevel(level) == profile)
            {
                return level;
            }
        }

        return CompressOptions.MinLevel;
    }

    /// <summary>Rounded up: a limit of as much suffices.</summary>
    private static string InMebibytes(long bytes) => $"{(bytes + (1 << 20) - 1) >> 20} MiB";
}
