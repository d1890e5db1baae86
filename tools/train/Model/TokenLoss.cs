using static TorchSharp.torch;
using Functional = TorchSharp.torch.nn.functional;

namespace NacrithOnnx.Train.Model;

/// <summary>
/// Cross entropy of a run of tokens, in nats. The head's product is made for a slice of rows at a time: logits of a
/// whole chunk of 1,024 tokens over 49,152 would take 200 MB, and as much again for each step from them to the loss.
/// </summary>
/// <param name="weights">The weights.</param>
/// <param name="model">The model with these weights.</param>
/// <param name="longest">
/// Longest run whose layers keep all that their gradients need: 1.6 GB for 1,024 tokens of SmolLM2-135M. Longer ones
/// keep what enters each layer, and compute the layer a second time: a quarter more work (Chen et al., arXiv
/// 1604.06174).
/// </param>
internal sealed class TokenLoss(LlamaWeights weights, LlamaModel model, int longest = TokenLoss.Longest)
{
    /// <summary>What most chunks have.</summary>
    public const int Longest = 1024;

    /// <summary>Rows of a slice: enough for an efficient product, and 50 MB of logits.</summary>
    private const int SliceRows = 256;

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
        return tokens.Length <= longest
            ? LearnFrom(model.Hidden(entering, inputs), targets, scale)
            : LearnTwice(entering, targets, inputs, scale);
    }

    private double LearnFrom(Tensor hidden, Tensor targets, double scale)
    {
        var leaf = hidden.detach().requires_grad_(true);
        var sum = OverSlices(leaf, targets, loss =>
        {
            (loss * scale).backward();
            return loss;
        });
        hidden.backward([leaf.grad!]);
        return sum;
    }

    private double LearnTwice(Tensor entering, Tensor targets, IMatrixInputs inputs, double scale)
    {
        var embedded = model.Embed(entering);
        var streams = new List<Tensor> { embedded.detach() };
        for (var layer = 0; layer < weights.Shape.Layers; layer++)
        {
            using var inference = no_grad();
            streams.Add(model.Layer(layer, streams[layer], inputs));
        }

        var last = streams[^1].requires_grad_(true);
        var sum = LearnFrom(model.Final(last, inputs), targets, scale);
        var gradient = last.grad!;
        for (var layer = weights.Shape.Layers - 1; layer >= 0; layer--)
        {
            var stream = streams[layer].requires_grad_(true);
            using var scope = NewDisposeScope();
            model.Layer(layer, stream, inputs).backward([gradient]);
            gradient = stream.grad!.MoveToOuterDisposeScope();
        }

        if (embedded.requires_grad)
        {
            embedded.backward([gradient]);
        }

        return sum;
    }

    private double OverSlices(Tensor hidden, Tensor targets, Func<Tensor, Tensor> use)
    {
        var sum = 0.0;
        for (long start = 0, count; start < hidden.shape[0]; start += count)
        {
            using var scope = NewDisposeScope();
            count = Math.Min(SliceRows, hidden.shape[0] - start);
            var logits = model.Logits(hidden.narrow(0, start, count));
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
