using NacrithOnnx.Runtime.Kernels;
using NacrithOnnx.Runtime.Mix;
using NacrithOnnx.Runtime.Onnx;
using NacrithOnnx.Runtime.Onnx.CustomOps;
using NacrithOnnx.Runtime.Predict;
using NacrithOnnx.Runtime.Text;
using NacrithOnnx.Tests.Predict;
using NacrithOnnx.Tests.Support;

namespace NacrithOnnx.Tests.Text;

/// <summary>The trial against its twin, which computes every prediction from the start.</summary>
public sealed class PrimerTrialTests : IDisposable
{
    private const int Primer = 20;
    private const int Lanes = 3;

    /// <summary>Tokens of each lane that the trial uses.</summary>
    private const int Length = 64;

    private readonly OnnxLanguageModel _model = TinyModel.Graph.Open("fast", KernelSets.Best);

    public void Dispose() => _model.Dispose();

    [Fact]
    public void The_trial_agrees_with_its_twin()
    {
        var answers = new List<bool>();
        for (var seed = 1; seed <= 8; seed++)
        {
            var random = new Random(seed);
            int[] tokens = [.. Enumerable.Range(0, Primer + (Lanes * (Length + seed))).Select(_ => random.Next(_model.Shape.Vocabulary))];
            var layout = new LaneLayout(tokens.Length, Lanes, Primer);
            var steps = 0;

            var wins = PrimerTrial.Wins(_model, tokens, layout, () => steps++);

            Assert.Equal(Bits(tokens, layout, tokens[..Primer]) < Bits(tokens, layout, []), wins);
            Assert.Equal(2 * Length, steps);
            answers.Add(wins);
        }

        Assert.Contains(true, answers);
        Assert.Contains(false, answers);
    }

    private double Bits(int[] tokens, LaneLayout layout, int[] primer)
    {
        var twin = new WindowTwin(_model, new WindowSettings(_model.Shape.Positions, 1), primer);
        var cdf = new Cdf(_model.Shape.Vocabulary);
        var bits = 0.0;
        for (var step = 0; step < Length; step++)
        {
            for (var lane = 1; lane < Lanes; lane++)
            {
                var text = tokens.AsSpan(layout.Start(lane), layout.Length(lane));
                float[] logits = [.. twin.Predict(text, step).Logits.Select(BitConverter.UInt32BitsToSingle)];
                CdfBuilder.BuildScalar(logits, 1f, new float[logits.Length], cdf);
                bits += ExactLog2.Of(cdf.Total) - ExactLog2.Of(cdf.Frequencies[text[step]]);
            }
        }

        return bits;
    }
}
