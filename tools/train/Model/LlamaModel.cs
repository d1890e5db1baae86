using NacrithOnnx.Export.Weights;
using static TorchSharp.torch;
using Functional = TorchSharp.torch.nn.functional;

namespace NacrithOnnx.Train.Model;

/// <summary>The forward pass of a Llama model, for one run of tokens from position 0 on.</summary>
/// <param name="weights">The weights.</param>
/// <param name="product">How matrices are multiplied; everything else is 32-bit.</param>
internal sealed class LlamaModel(LlamaWeights weights, MatrixProduct product) : IDisposable
{
    private readonly ModelShape _shape = weights.Shape;

    private readonly Rotation _rotation = new(
        weights.Shape.Positions, weights.Shape.HeadDimension, weights.Shape.RopeTheta);

    /// <summary>What enters the head's product.</summary>
    /// <param name="tokens">[tokens], 64-bit.</param>
    /// <param name="inputs">Sees the inputs of all matrix products.</param>
    /// <returns>[tokens, hidden].</returns>
    public Tensor Hidden(Tensor tokens, IMatrixInputs inputs)
    {
        var stream = Embed(tokens);
        for (var layer = 0; layer < _shape.Layers; layer++)
        {
            stream = Layer(layer, stream, inputs);
        }

        return Final(stream, inputs);
    }

    /// <summary>What enters the first layer.</summary>
    public Tensor Embed(Tensor tokens) => weights[LlamaTensors.Embedding].index_select(0, tokens);

    /// <summary>One layer.</summary>
    /// <returns>What enters the next one.</returns>
    public Tensor Layer(int layer, Tensor stream, IMatrixInputs inputs)
    {
        // Without a scope of its own, what the gradients do not need would stay until the end: half of the memory.
        using var scope = NewDisposeScope();
        var normed = Norm(stream, weights.Layer(layer, LlamaTensors.AttentionNorm));
        var attended = stream + Attention(layer, normed, inputs);
        normed = Norm(attended, weights.Layer(layer, LlamaTensors.MlpNorm));
        var result = attended + FeedForward(layer, normed, inputs);
        return result.MoveToOuterDisposeScope();
    }

    /// <summary>From what leaves the last layer to what enters the head's product.</summary>
    public Tensor Final(Tensor stream, IMatrixInputs inputs) =>
        inputs.Enter(_shape.Layers, MatrixInput.Head, Norm(stream, weights[LlamaTensors.Norm]));

    /// <summary>The logits.</summary>
    /// <param name="hidden">[tokens, hidden], from <see cref="Hidden"/>.</param>
    /// <returns>[tokens, vocabulary].</returns>
    public Tensor Logits(Tensor hidden) => product.Of(hidden, weights.Head).to(ScalarType.Float32);

    /// <inheritdoc/>
    public void Dispose() => _rotation.Dispose();

    private Tensor Norm(Tensor rows, Tensor gain) =>
        rows * (rows.square().mean([-1], keepdim: true) + _shape.RmsEpsilon).rsqrt() * gain;

    private Tensor Attention(int layer, Tensor rows, IMatrixInputs inputs)
    {
        rows = inputs.Enter(layer, MatrixInput.Qkv, rows);
        var queries = _rotation.Apply(Heads(Product(rows, layer, LlamaTensors.Query), _shape.Heads));
        var keys = _rotation.Apply(Heads(Product(rows, layer, LlamaTensors.Key), _shape.KeyValueHeads));
        var values = Heads(Product(rows, layer, LlamaTensors.Value), _shape.KeyValueHeads);
        var shared = _shape.Heads / _shape.KeyValueHeads;
        var mixed = Functional.scaled_dot_product_attention(
            product.Factor(queries).unsqueeze(0), product.Factor(keys).repeat_interleave(shared, 0).unsqueeze(0),
            product.Factor(values).repeat_interleave(shared, 0).unsqueeze(0), is_casual: true);
        var joined = mixed.squeeze(0).transpose(0, 1).reshape(rows.shape[0], -1);
        return Product(inputs.Enter(layer, MatrixInput.Output, joined), layer, LlamaTensors.Output);
    }

    private Tensor FeedForward(int layer, Tensor rows, IMatrixInputs inputs)
    {
        rows = inputs.Enter(layer, MatrixInput.GateUp, rows);
        var gated = Functional.silu(Product(rows, layer, LlamaTensors.Gate)) * Product(rows, layer, LlamaTensors.Up);
        return Product(inputs.Enter(layer, MatrixInput.Down, gated), layer, LlamaTensors.Down);
    }

    private Tensor Product(Tensor rows, int layer, string part) => product.Of(rows, weights.Layer(layer, part));

    // [tokens, heads · size] to [heads, tokens, size].
    private Tensor Heads(Tensor rows, int heads) =>
        rows.view(rows.shape[0], heads, _shape.HeadDimension).transpose(0, 1);
}
