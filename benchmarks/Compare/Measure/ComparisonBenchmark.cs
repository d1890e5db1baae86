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
            var data = Path.Combine(options.Out, "results.json");
            var results = options.Add && File.Exists(data) ? ComparisonReport.FromJson(File.ReadAllText(data)) : [];
            var machine = Machine.Describe(options);
            Directory.CreateDirectory(options.Out);
            foreach (var text in BenchmarkText.Find(options, folder.FullName))
            {
                foreach (var compressor in compressors.Found)
                {
                    Console.Error.WriteLine($"{text.Name}: {compressor.Name}");
                    results.RemoveAll(result => result.Text == text.Name && result.Program == compressor.Name);
                    results.Add(RoundTrip.Measure(compressor, text, folder.FullName));

                    // After each program, because one may take a quarter of an hour and the next one fail.
                    Write("results.md", ComparisonReport.Markdown(machine, results, compressors.Missing));
                    Write("results.json", ComparisonReport.Json(machine, results));
                    Write("results.svg", ComparisonReport.Plot(results));
                }
            }

            log.Write(ComparisonReport.Markdown(machine, results, compressors.Missing));
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        void Write(string name, string content) => File.WriteAllText(Path.Combine(options.Out, name), content);
    }
}
