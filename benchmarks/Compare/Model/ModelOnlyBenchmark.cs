using System.Diagnostics;
using System.Globalization;
using NacrithOnnx.Runtime.Mix;
using NacrithOnnx.Runtime.Predict;

namespace NacrithOnnx.Compare;

/// <summary>
/// The cost of exact arithmetic in size: the language model alone, without predictors that learn from the text,
/// compared with float32 arithmetic.
/// </summary>
internal static class ModelOnlyBenchmark
{
    /// <summary>Bytes of alice29.txt that the reference was measured on.</summary>
    private const int ReferenceBytes = 49_152;

    /// <summary>
    /// Bytes for each context from PyTorch in float32 with the weights of SmolLM2-135M-Instruct (Q4_1), with the same rule for
    /// windows: rebuilt from the last half. With other weights, the difference is not the cost of exact arithmetic alone.
    /// </summary>
    private static readonly (int Context, int Bytes)[] Reference = [(512, 7_179), (1024, 7_055), (2048, 6_951), (8192, 6_872)];

    public static void Run(BenchmarkOptions options, TextWriter output)
    {
        var bytes = options.First ?? ReferenceBytes;
        var tokens = BenchmarkModel.Tokens(bytes);
        output.WriteLine(Machine.Describe(options) + ".");
        output.WriteLine();
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"First {bytes:#,0} bytes of alice29.txt, {tokens.Length:#,0} tokens:"));
        output.WriteLine();
        var table = new MarkdownTable("Plan", "Context", "Bytes", "float32, Instruct", "Difference %", "Seconds");
        foreach (var plan in BenchmarkModel.Plans)
        {
            using var model = new BenchmarkModel(plan, options.Threads);
            foreach (var (context, reference) in Reference)
            {
                Console.Error.WriteLine($"{plan}, context {context}");
                var start = Stopwatch.GetTimestamp();
                var size = Bits(model.Model, tokens, new WindowSettings(context, context / 2)) / 8;
                var comparable = bytes == ReferenceBytes;
                table.Add(
                    plan,
                    Numbers.Whole(context),
                    Numbers.Whole(size),
                    comparable ? Numbers.Whole(reference) : "–",
                    comparable ? Numbers.Signed(100 * ((size / reference) - 1)) : "–",
                    Numbers.Short(Stopwatch.GetElapsedTime(start).TotalSeconds));
            }
        }

        output.Write(table);
    }

    /// <summary>Σ −log2 of each token's share of the integer frequencies that the coder would use.</summary>
    private static double Bits(ILanguageModel model, int[] tokens, WindowSettings window)
    {
        var predictor = new Predictor(PredictorSettings.LanguageModelAlone, model.Shape.Vocabulary, lanes: 1);
        var cdf = new Cdf(model.Shape.Vocabulary);
        using var windows = new LaneWindows(model, lanes: 1, tokens.Length, window, prefix: null);
        windows.Announce(0, tokens);
        double bits = 0;
        for (var step = 0; step < tokens.Length; step++)
        {
            windows.MoveTo(step);
            predictor.Predict(0, windows.Logits(0, step), cdf);
            bits -= Math.Log2(cdf.Frequencies[tokens[step]] / (double)cdf.Total);
            predictor.Update(0, tokens[step]);
        }

        return bits;
    }
}
