using System.Diagnostics;

namespace NacrithOnnx.Compare;

/// <summary>One run of a program in a separate process.</summary>
/// <param name="Seconds">Wall-clock time from start to end.</param>
/// <param name="PeakKibibytes">Largest resident memory.</param>
internal readonly record struct ChildRun(double Seconds, long PeakKibibytes)
{
    /// <summary>
    /// The shell opens the files and then execs the program, so that the process to watch is the program itself.
    /// </summary>
    private const string Script = "exec \"$@\" < \"$BENCHMARK_INPUT\" > \"$BENCHMARK_OUTPUT\"";

    /// <summary>
    /// The peak that Linux reports only grows, so the last sample misses at most the growth in the last two milliseconds
    /// of a short run; a sample takes about 20 µs.
    /// </summary>
    private const int ShortPause = 2;
    private const int LongPause = 20;
    private const double LongRunSeconds = 2;

    /// <summary>Runs a program from file to file.</summary>
    /// <exception cref="BenchmarkException">It fails, or this is not Linux.</exception>
    public static ChildRun Start(string program, IEnumerable<string> arguments, string input, string output)
    {
        if (!OperatingSystem.IsLinux())
        {
            throw new BenchmarkException("peak memory is read from /proc: whole programs are measured on Linux only");
        }

        var start = new ProcessStartInfo("/bin/sh", ["-c", Script, "sh", program, .. arguments]);
        start.Environment["BENCHMARK_INPUT"] = input;
        start.Environment["BENCHMARK_OUTPUT"] = output;
        var began = Stopwatch.GetTimestamp();
        using var process = Process.Start(start)!;
        long peak = 0;
        do
        {
            peak = Math.Max(peak, ReadPeak(process.Id) ?? 0);
        }
        while (!process.WaitForExit(
            Stopwatch.GetElapsedTime(began).TotalSeconds < LongRunSeconds ? ShortPause : LongPause));

        var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        return process.ExitCode == 0
            ? new ChildRun(seconds, peak)
            : throw new BenchmarkException($"{program} {string.Join(' ', arguments)} ends with {process.ExitCode}");
    }

    private static long? ReadPeak(int id)
    {
        try
        {
            return ProcText.PeakKibibytes(File.ReadAllText($"/proc/{id}/status"));
        }
        catch (IOException)
        {
            // It has ended in the meantime.
            return null;
        }
    }
}
