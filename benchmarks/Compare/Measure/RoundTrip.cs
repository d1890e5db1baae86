using System.Security.Cryptography;

namespace NacrithOnnx.Compare;

/// <summary>Compresses and decompresses a text with a program, and compares the result.</summary>
internal static class RoundTrip
{
    /// <summary>
    /// Each direction is repeated for this long in total, and the fastest run counts: short runs are noisy.
    /// </summary>
    private const double EnoughSeconds = 1;
    private const int MaxRuns = 5;

    public static Measurement Measure(Compressor compressor, BenchmarkText text, string folder)
    {
        var archive = Path.Combine(folder, "archive");
        var back = Path.Combine(folder, "back");
        var there = Fastest(compressor.Program, compressor.Compress, text.Path, archive);
        var home = Fastest(compressor.Program, compressor.Decompress, archive, back);
        if (!Hash(back).AsSpan().SequenceEqual(Hash(text.Path)))
        {
            throw new BenchmarkException($"{compressor.Name} does not restore {text.Name}");
        }

        return new Measurement(
            text.Name,
            compressor.Name,
            compressor.Ours,
            new FileInfo(text.Path).Length,
            new FileInfo(archive).Length,
            there.Seconds,
            home.Seconds,
            Math.Max(there.PeakKibibytes, home.PeakKibibytes));
    }

    private static ChildRun Fastest(string program, string[] arguments, string input, string output)
    {
        var best = ChildRun.Start(program, arguments, input, output);
        var spent = best.Seconds;
        for (var runs = 1; runs < MaxRuns && spent < EnoughSeconds; runs++)
        {
            var run = ChildRun.Start(program, arguments, input, output);
            spent += run.Seconds;
            best = new ChildRun(Math.Min(best.Seconds, run.Seconds), Math.Max(best.PeakKibibytes, run.PeakKibibytes));
        }

        return best;
    }

    private static byte[] Hash(string path)
    {
        using var stream = File.OpenRead(path);
        return SHA256.HashData(stream);
    }
}
