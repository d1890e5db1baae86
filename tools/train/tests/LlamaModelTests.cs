using NacrithOnnx.Train.Model;
using NacrithOnnx.Train.Tests.Support;

namespace NacrithOnnx.Train.Tests;

public sealed class LlamaModelTests
{
    private static readonly int[] Tokens = [.. Enumerable.Range(0, 40).Select(i => (i * 31 % 79) + 1)];

    [Fact]
    public void The_loss_is_that_of_the_obvious_twin()
    {
        using var source = new RandomWeights(RandomWeights.WithSharedHeads, 3);
        using var weights = new LlamaWeights(source);
        using var model = new LlamaModel(weights, MatrixProduct.Exact);
        var expected = new SlowLlama(source).Loss(Tokens);
        Assert.Equal(expected, new TokenLoss(weights, model).Measure(Tokens, new PlainInputs()), expected * 1e-5);
    }

    [Fact]
    public void Products_in_bfloat16_change_the_loss_by_as_much_as_their_precision()
    {
        using var source = new RandomWeights(RandomWeights.WithSharedHeads, 3);
        using var weights = new LlamaWeights(source);
        using var model = new LlamaModel(weights, MatrixProduct.BFloat16);
        var expected = new SlowLlama(source).Loss(Tokens);
        var found = new TokenLoss(weights, model).Measure(Tokens, new PlainInputs());
        Assert.NotEqual(expected, found, expected * 1e-5);
        Assert.Equal(expected, found, expected / 100);
    }

    [Theory]
    [InlineData("model.embed_tokens.weight")]
    [InlineData("model.layers.0.self_attn.q_proj.weight")]
    [InlineData("model.layers.0.self_attn.v_proj.weight")]
    [InlineData("model.layers.1.mlp.down_proj.weight")]
    [InlineData("model.layers.1.input_layernorm.weight")]
    [InlineData("model.norm.weight")]
    public void Gradients_are_those_of_differences(string name)
    {
        using var weights = new LlamaWeights(new RandomWeights(RandomWeights.WithSharedHeads, 3));
        using var model = new LlamaModel(weights, MatrixProduct.Exact);
        var loss = new TokenLoss(weights, model);
        loss.Learn(Tokens, new PlainInputs(), 1);
        using var scope = TorchSharp.torch.NewDisposeScope();
        using var inference = TorchSharp.torch.no_grad();
        var parameter = weights[name];
        var gradient = parameter.grad!;

        // Along its own gradient g, the loss changes by |g| for each unit.
        var length = gradient.norm().item<float>();
        var step = gradient * (1e-2f / length);
        parameter.add_(step);
        var above = loss.Measure(Tokens, new PlainInputs());
        parameter.sub_(step * 2);
        var below = loss.Measure(Tokens, new PlainInputs());
        Assert.Equal(length, (above - below) / 2e-2, length * 0.02);
    }

    [Fact]
    public void Gradients_of_two_chunks_add_up()
    {
        using var weights = new LlamaWeights(new RandomWeights(RandomWeights.WithSharedHeads, 3));
        using var model = new LlamaModel(weights, MatrixProduct.Exact);
        var loss = new TokenLoss(weights, model);
        loss.Learn(Tokens, new PlainInputs(), 0.5);
        var once = weights.Head.grad!.data<float>().ToArray();
        loss.Learn(Tokens, new PlainInputs(), 0.5);
        Assert.All(
            once.Zip(weights.Head.grad!.data<float>().ToArray()),
            pair => Assert.Equal(2 * pair.First, pair.Second, 1e-5f * Math.Max(1, Math.Abs(pair.First))));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Layers_computed_twice_give_the_same_gradients(bool freezeEmbedding)
    {
        float[][] Gradients(int longest)
        {
            using var weights = new LlamaWeights(new RandomWeights(RandomWeights.WithSharedHeads, 3));
            if (freezeEmbedding)
            {
                weights.FreezeEmbedding();
            }

            using var model = new LlamaModel(weights, MatrixProduct.Exact);
            new TokenLoss(weights, model, longest).Learn(Tokens, new PlainInputs(), 1);
            return [.. weights.Trained().Select(parameter => parameter.grad!.data<float>().ToArray())];
        }

        Assert.Equal(Gradients(Tokens.Length), Gradients(Tokens.Length - 1));
    }
}
