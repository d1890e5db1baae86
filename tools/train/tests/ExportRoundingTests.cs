using NacrithOnnx.Export;
using NacrithOnnx.Export.Weights;
using NacrithOnnx.Train.Model;
using NacrithOnnx.Train.Rounding;
using NacrithOnnx.Train.Tests.Support;
using static TorchSharp.torch;

namespace NacrithOnnx.Train.Tests;

public sealed class ExportRoundingTests : IDisposable
{
    private static readonly int[] Tokens = [.. Enumerable.Range(0, 40).Select(i => (i * 31 % 79) + 1)];

    private readonly RandomWeights _source = new(RandomWeights.WithSharedHeads, 7);
    private readonly LlamaWeights _weights;
    private readonly LlamaModel _model;
    private readonly ExportRounding _rounding;

    public ExportRoundingTests()
    {
        _weights = new LlamaWeights(_source);
        _model = new LlamaModel(_weights, MatrixProduct.Exact);
        _rounding = ExportRounding.Calibrate(_weights, _model, [Tokens]);
    }

    public void Dispose()
    {
        _rounding.Dispose();
        _model.Dispose();
        _weights.Dispose();
        _source.Dispose();
    }

    [Fact]
    public void The_weights_are_those_of_the_exporter()
    {
        var maxima = new ActivationMaxima(_source.Shape);
        using (no_grad())
        {
            _ = _model.Hidden(tensor([.. Tokens.Select(token => (long)token)]), maxima);
        }

        var exported = new ModelQuantizer(_source, 0).Quantize(maxima.Statistics);
        _rounding.Begin(0);
        Equal(Columns(exported.Embedding), _weights.Read(LlamaTensors.Embedding));
        for (var layer = 0; layer < _source.Shape.Layers; layer++)
        {
            float[] Rounded(string part) => _weights.Read(LlamaTensors.Layer(layer, part));
            float[] Gain(string part) => _source.Read(LlamaTensors.Layer(layer, part));
            var expected = exported.Layers[layer];

            // Factors leave the exporter's columns through its gains, as those of the trainer leave its activations.
            float[] qkv = [.. Rounded(LlamaTensors.Query), .. Rounded(LlamaTensors.Key)];
            var factors = Ratio(expected.InputGain, Gain(LlamaTensors.AttentionNorm));
            Equal(Unsmoothed(expected.Qkv, factors)[..qkv.Length], qkv);
            var gate = Rounded(LlamaTensors.Gate);
            factors = Ratio(expected.FeedForwardGain, Gain(LlamaTensors.MlpNorm));
            Equal(Unsmoothed(expected.GateUp, factors)[..gate.Length], gate);
        }
    }

    [Fact]
    public void The_trained_weights_come_back_bit_for_bit()
    {
        float[][] before = [.. _weights.Names.Select(_weights.Read)];
        _rounding.Begin(0);
        Assert.NotEqual(before, _weights.Names.Select(_weights.Read).ToArray());
        _rounding.End();
        Assert.Equal(before, [.. _weights.Names.Select(_weights.Read)]);
    }

    [Fact]
    public void A_saved_rounding_rounds_the_same()
    {
        using var folder = new TemporaryFolder();
        Assert.False(ExportRounding.IsIn(folder.Path));
        _rounding.Save(folder.Path);
        Assert.True(ExportRounding.IsIn(folder.Path));
        using var loaded = ExportRounding.Load(_weights, folder.Path);

        // A step that does not choose scales anew.
        _rounding.Begin(1);
        float[][] rounded = [.. _weights.Names.Select(_weights.Read)];
        var loss = new TokenLoss(_weights, _model);
        var expected = loss.Measure(Tokens, _rounding.Inputs);
        _rounding.End();
        loaded.Begin(1);
        Assert.Equal(rounded, [.. _weights.Names.Select(_weights.Read)]);
        Assert.Equal(expected, loss.Measure(Tokens, loaded.Inputs));
    }

    [Theory]
    [InlineData(nameof(MatrixInput.Qkv), 127)]
    [InlineData(nameof(MatrixInput.Head), 127)]
    [InlineData(nameof(MatrixInput.Down), 8127)]
    public void Activations_have_as_many_steps_as_the_plan_and_gradients_pass(string name, int limit)
    {
        var input = Enum.Parse<MatrixInput>(name);
        var width = input == MatrixInput.Down ? 96 : 48;
        float[] factors = [.. Enumerable.Range(0, width).Select(i => input == MatrixInput.Head ? 1 : 0.5f + (i / 40f))];
        using var inputs = new RoundedInputs([new LayerFactors(factors, factors, factors, factors)]);
        using var scope = NewDisposeScope();
        var rows = randn(5, width).requires_grad_(true);
        var rounded = inputs.Enter(input == MatrixInput.Head ? 1 : 0, input, rows);
        rounded.sum().backward();
        Assert.All(rows.grad!.data<float>().ToArray(), gradient => Assert.Equal(1, gradient));
        for (var row = 0; row < 5; row++)
        {
            float[] smooth = [.. rows[row].data<float>().ToArray().Select((value, i) => value / factors[i])];
            float[] result = [.. rounded[row].data<float>().ToArray().Select((value, i) => value / factors[i])];
            var scale = smooth.Max(Math.Abs) / limit;
            Assert.All(result.Select(value => value / scale), q => Assert.Equal(Math.Round(q), q, limit * 1e-5));
            Assert.All(
                smooth.Zip(result), pair => Assert.InRange(Math.Abs(pair.First - pair.Second), 0, scale * 0.51f));
        }
    }

    private static float[] Ratio(float[] smoothed, float[] gain) => [.. gain.Select((value, i) => value / smoothed[i])];

    private static float[] Unsmoothed(QuantizedMatrix matrix, float[] factors) =>
        [.. Columns(matrix).Select((value, i) => value / factors[i % matrix.Inputs])];

    // [outputs, inputs] of the values that the integers stand for.
    private static float[] Columns(QuantizedMatrix matrix) =>
        [.. from output in Enumerable.Range(0, matrix.Outputs)
            from input in Enumerable.Range(0, matrix.Inputs)
            select matrix.Weights[(input * matrix.Outputs) + output] * matrix.Scales[output]];

    // A weight on the edge between two integers may fall either way in 32 bits; nearly all must agree.
    private static void Equal(float[] expected, float[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        var different = expected.Zip(actual)
            .Count(pair => Math.Abs(pair.First - pair.Second) > 1e-4 * Math.Abs(pair.First));
        Assert.InRange(different, 0, expected.Length / 1000);
    }
}
