using NacrithOnnx.Export.Weights;
using NacrithOnnx.Runtime.Kernels;
using NacrithOnnx.Runtime.Model;

namespace NacrithOnnx.Export;

/// <summary>Turns float weights into those of the exact model.</summary>
internal sealed class ModelQuantizer(IWeightSource source, int startToken)
{
    private Weights.ModelShape Shape => source.Shape;

    /// <summary>
    /// The down projection takes two parts in every plan, so its weights may be finer; its sums must fit an int32.
    /// </summary>
    private int DownLimit => (int)Math.Min(
        ExactArithmetic.WideWeightLimit, int.MaxValue / (long)ExactArithmetic.WideLimit / Shape.Intermediate);

    /// <summary>Dimensions of the exact model.</summary>
    private Runtime.Predict.ModelShape ExactShape => new(
        Shape.Layers, Shape.Hidden, Shape.Heads, Shape.KeyValueHeads, Shape.HeadDimension, Shape.Intermediate,
        Shape.Vocabulary, Math.Min(Shape.Positions, ExactArithmetic.MaxPositions), startToken);

    /// <summary>Rounds the weights as they are: good enough, with two parts, to measure the activations.</summary>
    public QuantizedModel Quantize() => Quantize(null);

    /// <summary>Smooths the input channels by measured activations, then rounds.</summary>
    public QuantizedModel Quantize(ModelStatistics? statistics)
    {
        Check();
        var layers = new QuantizedLayer[Shape.Layers];
        for (var i = 0; i < layers.Length; i++)
        {
            layers[i] = Layer(i, statistics?.Layers[i]);
        }

        return new QuantizedModel(
            ExactShape,
            Shape.RmsEpsilon,
            Shape.RopeTheta,
            MatrixQuantizer.Quantize(source.Read("model.embed_tokens.weight"), Shape.Hidden, ExactArithmetic.NarrowWeightLimit),
            layers,
            source.Read("model.norm.weight"));
    }

    private QuantizedLayer Layer(int index, LayerStatistics? statistics)
    {
        float[] Read(string name) => source.Read(FormattableString.Invariant($"model.layers.{index}.{name}.weight"));
        var inputGain = Read("input_layernorm");
        var query = Read("self_attn.q_proj");
        var key = Read("self_attn.k_proj");
        var value = Read("self_attn.v_proj");
        var output = Read("self_attn.o_proj");
        var gain = Read("post_attention_layernorm");
        var gate = Read("mlp.gate_proj");
        var up = Read("mlp.up_proj");
        var down = Read("mlp.down_proj");
        if (statistics is null)
        {
            return new QuantizedLayer(
                inputGain, Round([.. query, .. key, .. value], Shape.Hidden), Round(output, Shape.Heads * Shape.HeadDimension),
                gain, Round([.. gate, .. up], Shape.Hidden),
                MatrixQuantizer.Quantize(down, Shape.Intermediate, DownLimit));
        }

        // The factor of an input is divided out where that input is produced: the norm's gain, or the rows of value and
        // up.
        int heads = Shape.Heads, shared = Shape.KeyValueHeads, size = Shape.HeadDimension;
        var valueFactors = Smoother.Share(Smoother.Factors(statistics.Output.Max, output), heads, shared, size);
        var outputFactors = Smoother.Spread(valueFactors, heads, shared, size);
        value = Smoother.DivideOutputs(value, valueFactors);
        output = Smoother.ScaleInputs(output, outputFactors);
        var downFactors = Smoother.Factors(statistics.Down.Max, down);
        up = Smoother.DivideOutputs(up, downFactors);
        down = Smoother.ScaleInputs(down, downFactors);
        float[] qkv = [.. query, .. key, .. value];
        var qkvFactors = Smoother.Factors(statistics.Qkv.Max, qkv);
        float[] gateUp = [.. gate, .. up];
        var gateUpFactors = Smoother.Factors(statistics.GateUp.Max, gateUp);
        return new QuantizedLayer(
            Smoother.Divide(inputGain, qkvFactors),
            Round(Smoother.ScaleInputs(qkv, qkvFactors), Shape.Hidden),
            Round(output, Shape.Heads * Shape.HeadDimension),
            Smoother.Divide(gain, gateUpFactors),
            Round(Smoother.ScaleInputs(gateUp, gateUpFactors), Shape.Hidden),
            MatrixQuantizer.Quantize(down, Shape.Intermediate, DownLimit));
    }

    private static QuantizedMatrix Round(float[] weights, int inputs) =>
        MatrixQuantizer.Quantize(weights, inputs, ExactArithmetic.NarrowWeightLimit);

    private void Check()
    {
        if (!ModelManifest.IsExact(ExactShape) || !Shape.TiedEmbeddings)
        {
            throw new EnvironmentException(
                $"The kernels require a head size of {ExactArithmetic.HeadSize}, a hidden size up to {ExactArithmetic.MaxHidden}, a "
                + $"feed-forward layer up to {ExactArithmetic.MaxMatrixInputs}, sizes that are multiples of "
                + $"{ExactArithmetic.RowMultiple}, and tied embeddings.");
        }
    }
}
