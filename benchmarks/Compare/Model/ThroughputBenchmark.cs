using System.Globalization;
using NacrithOnnx.Runtime.Predict;

namespace NacrithOnnx.Compare;

/// <summary>Tokens per second of the model, compared with the matrix products that it cannot avoid.</summary>
internal static class ThroughputBenchmark
{
    private const int PrefillTokens = 512;
    private const int Chunk = 256;
    private const int PrefillRuns = 3;

    /// <summary>The kernels are compiled for speed only after some steps.</summary>
    private const int Steps = 100;

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
        Roofline? roofline = options.Roofline ? Roofline.Measure(options.Threads) : null;
        if (roofline is { } roof)
        {
            output.WriteLine();
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{options.Threads} threads read {roof.BytesPerSecond / 1e9:0.0} GB/s and compute {roof.OperationsPerSecond / 1e9:0} GOPS ({roof.Instruction})."));
        }

        foreach (var plan in BenchmarkModel.Plans)
        {
            Console.Error.WriteLine(plan);
            Measure(plan, options, tokens, roofline, ref floatSeconds, output);
        }
    }

    private static void Measure(
        string plan, BenchmarkOptions options, ReadOnlySpan<int> tokens, Roofline? roofline, ref double floatSeconds,
        TextWriter output)
    {
        var threads = options.Threads;
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

        string[] head = ["Plan " + plan, "Model tokens/s", "Products tokens/s", "Ratio", "Products GOPS"];
        var table = new MarkdownTable(roofline is null ? head : [.. head, "Roof tokens/s", "Of roof"]);
        var bare = products.Seconds(Chunk, PrefillRuns);
        if (roofline is { } measured)
        {
            // ONNX Runtime may use tile instructions (AMX), which .NET does not have: then its products are the roof.
            var fastest = products.OperationsPerToken * Chunk / bare;
            roofline = measured with { OperationsPerSecond = Math.Max(measured.OperationsPerSecond, fastest) };
        }

        Add(new Row($"prefill, {PrefillTokens} tokens in calls of {Chunk}", Chunk, PrefillTokens / 2, 1, modelSeconds * Chunk / PrefillTokens, bare));
        using var decoder = new BenchmarkModel(plan, threads, calls: 0);
        foreach (var streams in StreamCounts)
        {
            var step = StepTimer.Seconds(decoder.Model, tokens, streams, Steps);
            Add(new Row($"step of {streams}", streams, StepTimer.Filled, streams, step, products.Seconds(streams, Steps)));
        }

        void Add(Row row)
        {
            string[] cells =
            [
                row.Name,
                Numbers.Short(row.Tokens / row.Model),
                Numbers.Short(row.Tokens / row.Bare),
                Numbers.Exact(row.Bare / row.Model),
                Numbers.Short(products.OperationsPerToken * row.Tokens / row.Bare / 1e9),
            ];
            if (roofline is { } roof)
            {
                var bytes = products.Bytes + (CacheBytes(loaded.Model.Shape) * row.Cached * row.Lanes);
                var limit = roof.TokensPerSecond(products.OperationsPerToken, bytes / row.Tokens);
                cells = [.. cells, Numbers.Short(limit), Numbers.Exact(row.Tokens / row.Model / limit)];
            }

            table.Add(cells);
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

    /// <summary>Bytes of keys, values and their scales for one position of a lane.</summary>
    private static double CacheBytes(ModelShape shape) =>
        2.0 * shape.Layers * shape.KeyValueHeads * (shape.HeadSize + sizeof(float));

    /// <summary>A measured call: rows in all, positions in the cache of each lane, seconds.</summary>
    private readonly record struct Row(string Name, int Tokens, double Cached, int Lanes, double Model, double Bare);
}
