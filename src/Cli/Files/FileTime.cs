namespace NacrithOnnx.Cli.Files;

/// <summary>
/// A time as file systems keep it: <see cref="DateTime"/> is too short, from year 1 to 9999, and too coarse, 100 ns.
/// </summary>
/// <param name="Seconds">Since 1970, negative before.</param>
/// <param name="Nanoseconds">0 to 999,999,999, to be added.</param>
internal readonly record struct FileTime(long Seconds, long Nanoseconds)
{
    public static FileTime Of(DateTime time)
    {
        var ticks = time.Ticks - DateTime.UnixEpoch.Ticks;
        var seconds = Math.DivRem(ticks, TimeSpan.TicksPerSecond, out var rest);
        return rest < 0
            ? new(seconds - 1, (rest + TimeSpan.TicksPerSecond) * TimeSpan.NanosecondsPerTick)
            : new(seconds, rest * TimeSpan.NanosecondsPerTick);
    }
}
