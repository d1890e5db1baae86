using System.CommandLine;
using NacrithOnnx.Export.Weights;
using NacrithOnnx.Train.Model;
using NacrithOnnx.Train.Rounding;
using NacrithOnnx.Train.Texts;
using NacrithOnnx.Train.Training;

namespace NacrithOnnx.Train.Arguments;

/// <summary><c>measure</c>: what texts cost with some weights.</summary>
internal static class MeasureCommand
{
    /// <summary>Makes the command.</summary>
    /// <param name="guarded">Runs work and turns failures into messages and exit codes.</param>
    public static Command Create(Func<Action, int> guarded)
    {
        var weights = CommonOptions.Weights();
        var tokenizer = CommonOptions.Tokenizer();
        var check = CommonOptions.Check();
        var checkTokens = CommonOptions.CheckTokens();
        var quantized = CommonOptions.QuantizeAware();
        var threads = CommonOptions.Threads();
        weights.Required = check.Required = true;
        var command = new Command("measure", "Prints bits per byte of texts, kind by kind: the language model alone.")
        {
            weights, tokenizer, check, checkTokens, quantized, threads,
        };
        command.SetAction(parsed => guarded(() =>
        {
            CommonOptions.UseThreads(parsed.GetValue(threads));
            var vocabulary = CommonOptions.Load(parsed.GetRequiredValue(tokenizer));
            using var source = WeightSources.Open(parsed.GetRequiredValue(weights)!);
            Vocabulary.Check(source.Shape, vocabulary);
            var texts = new CheckTexts(
                Corpus.Read(parsed.GetRequiredValue(check)!, vocabulary), vocabulary, source.Shape.Positions,
                CommonOptions.Positive("--check-tokens", parsed.GetValue(checkTokens)));
            Console.Out.WriteLine(Measure(source, texts, parsed.GetValue(quantized)));
        }));
        return command;
    }

    private static string Measure(IWeightSource source, CheckTexts texts, bool quantized)
    {
        using var parameters = new LlamaWeights(source);
        using var model = new LlamaModel(parameters, MatrixProduct.Exact);
        using IForwardRounding rounding = quantized
            ? ExportRounding.Calibrate(parameters, model, texts.Windows)
            : new NoRounding();
        rounding.Begin(0);
        return texts.Measure(new TokenLoss(parameters, model), rounding.Inputs);
    }
}
