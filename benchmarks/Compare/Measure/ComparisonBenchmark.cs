namespace NacrithOnnx.Compare;

/// <summary>Every program on every text, in one run on one machine.</summary>
internal static class ComparisonBenchmark
{
    public static void Run(BenchmarkOptions options, TextWriter log)
    {
        var compressors = new CompressorList(options);
        var folder = Directory.CreateTempSubdirectory("nacrith-benchmark-");
        try
        {
            var results = new List<Measurement>();
            foreach (var text in BenchmarkText.Find(options, folder.FullName))
            {
                foreach (var compressor in compressors.Found)
                {
                    Console.Error.WriteLine($"{text.Name}: {compressor.Name}");
                    results.Add(RoundTrip.Measure(compressor, text, folder.FullName));
                }
            }

            var machine = Machine.Describe(options);
            var report = ComparisonReport.Markdown(machine, results, compressors.Missing);
            log.Write(report);
            Directory.CreateDirectory(options.Out);
            File.WriteAllText(Path.Combine(options.Out, "results.md"), report);
            File.WriteAllText(Path.Combine(options.Out, "results.json"), ComparisonReport.Json(machine, results));
            File.WriteAllText(Path.Combine(options.Out, "results.svg"), ComparisonReport.Plot(results));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
