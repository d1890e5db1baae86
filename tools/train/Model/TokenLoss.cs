using static TorchSharp.torch;
using Functional = TorchSharp.torch.nn.functional;

namespace NacrithOnnx.Train.Model;

/// <summary>
/// Cross entropy of a run of tokens, in nats. The head's product is made for a slice of rows at a time: logits of a whole
/// chunk of 1,024 tokens over 49,152 would take 200 MB, and as much again for each step between them and the loss.
/// </summary>
internal sealed class TokenLoss(LlamaWeights weights, LlamaModel model)
{
    /// <summary>Rows of a slice: enough for an efficient product, and 100 MB of logits.</summary>
    private const int SliceRows = 512;

    /// <summary>Sum of the losses.</summary>
    /// <param name="tokens">The tokens; a start token is put before them.</param>
    /// <param name="inputs">Sees the inputs of all matrix products.</param>
    public double Measure(ReadOnlySpan<int> tokens, IMatrixInputs inputs)
    {
        using var scope = NewDisposeScope();
        using var inference = no_grad();
        var (entering, targets) = Tensors(tokens);
        return OverSlices(model.Hidden(entering, inputs), targets, loss => loss);
    }

    /// <summary>Adds the gradients of the scaled loss to the weights'.</summary>
    /// <returns>Sum of the losses, not scaled.</returns>
    public double Learn(ReadOnlySpan<int> tokens, IMatrixInputs inputs, double scale)
    {
        using var scope = NewDisposeScope();
        var (entering, targets) = Tensors(tokens);
        var hidden = model.Hidden(entering, inputs);
        var leaf = hidden.detach().requires_grad_(true);
        var sum = OverSlices(leaf, targets, loss =>
        {
            (loss * scale).backward();
            return loss;
        });
        hidden.backward([leaf.grad!]);
        return sum;
    }

    private double OverSlices(Tensor hidden, Tensor targets, Func<Tensor, Tensor> use)
    {
        var sum = 0.0;
        for (long start = 0, count; start < hidden.shape[0]; start += count)
        {
            using var scope = NewDisposeScope();
            count = Math.Min(SliceRows, hidden.shape[0] - start);
            var logits = matmul(hidden.narrow(0, start, count), weights.Head.t());
            var loss = Functional.cross_entropy(
                logits, targets.narrow(0, start, count), reduction: nn.Reduction.Sum);
            sum += use(loss).item<float>();
        }

        return sum;
    }

    private (Tensor Entering, Tensor Targets) Tensors(ReadOnlySpan<int> tokens)
    {
        var targets = new long[tokens.Length];
        for (var i = 0; i < targets.Length; i++)
        {
            targets[i] = tokens[i];
        }

        long[] entering = [weights.Shape.StartToken, .. targets.AsSpan(0, targets.Length - 1)];
        return (tensor(entering), tensor(targets));
    }
}
