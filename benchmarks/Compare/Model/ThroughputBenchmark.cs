using System.Globalization;

namespace NacrithOnnx.Compare;

/// <summary>Tokens per second of the model, compared with the matrix products that it cannot avoid.</summary>
internal static class ThroughputBenchmark
{
    private const int PrefillTokens = 512;
    private const int Chunk = 256;
    private const int PrefillRuns = 3;
    private const int Steps = 16;

    /// <summary>
    /// English text has 3 to 4 bytes a token, so this is more than <see cref="PrefillTokens"/> tokens.
    /// </summary>
    private const int TextBytes = 8 * PrefillTokens;

    private static readonly int[] StreamCounts = [1, 2, 4, 8, 16, 32];

    public static void Run(BenchmarkOptions options, TextWriter output)
    {
        var tokens = BenchmarkModel.Tokens(TextBytes).AsSpan(0, PrefillTokens);
        output.WriteLine(Machine.Describe(options) + ".");
        double floatSeconds = 0;
        foreach (var plan in BenchmarkModel.Plans)
        {
            Console.Error.WriteLine(plan);
            Measure(plan, options.Threads, tokens, ref floatSeconds, output);
        }
    }

    private static void Measure(
        string plan, int threads, ReadOnlySpan<int> tokens, ref double floatSeconds, TextWriter output)
    {
        using var loaded = new BenchmarkModel(plan, threads);
        var model = loaded.Model;
        using var products = new BareProducts(model.Shape, plan, threads);

        // The first pass compiles and warms up; the fastest of the others counts, for each part separately.
        PrefillPass.Run(model, tokens, Chunk);
        double modelSeconds = double.MaxValue, coderSeconds = double.MaxValue;
        for (var run = 0; run < PrefillRuns; run++)
        {
            var pass = PrefillPass.Run(model, tokens, Chunk);
            modelSeconds = Math.Min(modelSeconds, pass.ModelSeconds);
            coderSeconds = Math.Min(coderSeconds, pass.CoderSeconds);
        }

        var table = new MarkdownTable("Plan " + plan, "Model tokens/s", "Products tokens/s", "Ratio", "Products GOPS");
        Add(table, $"prefill, {PrefillTokens} tokens in calls of {Chunk}", 1, modelSeconds / PrefillTokens, products.Seconds(Chunk, PrefillRuns) / Chunk, products);
        foreach (var streams in StreamCounts)
        {
            var step = StepTimer.Seconds(model, tokens, streams, Steps);
            Add(table, $"step of {streams}", streams, step, products.Seconds(streams, Steps), products);
        }

        output.WriteLine();
        output.Write(table);
        floatSeconds = floatSeconds > 0 ? floatSeconds : FloatModel.Seconds(model.Shape, tokens, threads, PrefillRuns);
        output.WriteLine();
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"Float32 prefill: {PrefillTokens / floatSeconds:0} tokens/s; the exact model is {floatSeconds / modelSeconds:0.00} times as fast."));
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"Predictor, CDF and coder: {1e6 * coderSeconds / PrefillTokens:0} µs a token, {100 * coderSeconds / (coderSeconds + modelSeconds):0.0} % of compressing."));
    }

    private static void Add(MarkdownTable table, string name, int tokens, double model, double bare, BareProducts products) =>
        table.Add(
            name,
            Numbers.Short(tokens / model),
            Numbers.Short(tokens / bare),
            Numbers.Exact(bare / model),
            Numbers.Short(products.OperationsPerToken * tokens / bare / 1e9));
}
