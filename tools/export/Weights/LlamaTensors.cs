namespace NacrithOnnx.Export.Weights;

/// <summary>The tensors of a Llama model under Hugging Face's names.</summary>
internal static class LlamaTensors
{
    /// <summary>Token embedding, [vocabulary × hidden].</summary>
    public const string Embedding = "model.embed_tokens.weight";

    /// <summary>Matrix of the head, [vocabulary × hidden]; absent where it is the embedding.</summary>
    public const string Head = "lm_head.weight";

    /// <summary>Gains of the last norm, [hidden].</summary>
    public const string Norm = "model.norm.weight";

    /// <summary>Gains of the norm before the attention, [hidden].</summary>
    public const string AttentionNorm = "input_layernorm";

    /// <summary>Queries, [heads · head × hidden].</summary>
    public const string Query = "self_attn.q_proj";

    /// <summary>Keys, [key heads · head × hidden].</summary>
    public const string Key = "self_attn.k_proj";

    /// <summary>Values, [key heads · head × hidden].</summary>
    public const string Value = "self_attn.v_proj";

    /// <summary>Output of the attention, [hidden × heads · head].</summary>
    public const string Output = "self_attn.o_proj";

    /// <summary>Gains of the norm before the MLP, [hidden].</summary>
    public const string MlpNorm = "post_attention_layernorm";

    /// <summary>The MLP's gate, [intermediate × hidden].</summary>
    public const string Gate = "mlp.gate_proj";

    /// <summary>The MLP's factor beside the gate, [intermediate × hidden].</summary>
    public const string Up = "mlp.up_proj";

    /// <summary>Output of the MLP, [hidden × intermediate].</summary>
    public const string Down = "mlp.down_proj";

    /// <summary>Full name of a tensor of one layer.</summary>
    /// <param name="layer">Layer, from 0.</param>
    /// <param name="part">One of the constants here.</param>
    public static string Layer(int layer, string part) => FormattableString.Invariant($"model.layers.{layer}.{part}.weight");

    /// <summary>All tensors of a model with their dimensions.</summary>
    public static IEnumerable<(string Name, long[] Shape)> Of(ModelShape shape)
    {
        var queries = (long)shape.Heads * shape.HeadDimension;
        var keys = (long)shape.KeyValueHeads * shape.HeadDimension;
        yield return (Embedding, [shape.Vocabulary, shape.Hidden]);
        for (var layer = 0; layer < shape.Layers; layer++)
        {
            yield return (Layer(layer, AttentionNorm), [shape.Hidden]);
            yield return (Layer(layer, Query), [queries, shape.Hidden]);
            yield return (Layer(layer, Key), [keys, shape.Hidden]);
            yield return (Layer(layer, Value), [keys, shape.Hidden]);
            yield return (Layer(layer, Output), [shape.Hidden, queries]);
            yield return (Layer(layer, MlpNorm), [shape.Hidden]);
            yield return (Layer(layer, Gate), [shape.Intermediate, shape.Hidden]);
            yield return (Layer(layer, Up), [shape.Intermediate, shape.Hidden]);
            yield return (Layer(layer, Down), [shape.Hidden, shape.Intermediate]);
        }

        yield return (Norm, [shape.Hidden]);
        if (!shape.TiedEmbeddings)
        {
            yield return (Head, [shape.Vocabulary, shape.Hidden]);
        }
    }

    /// <summary>Refuses a source that lacks a tensor, has one of other dimensions, or has one that is not of this
    /// architecture: a bias, an expert, frequencies of scaled positions.</summary>
    /// <exception cref="EnvironmentException">It does.</exception>
    public static void Check(ModelShape shape, IReadOnlyDictionary<string, TensorEntry> tensors, string source)
    {
        var count = 0;
        foreach (var (name, dimensions) in Of(shape))
        {
            if (!tensors.TryGetValue(name, out var tensor))
            {
                throw new EnvironmentException($"{source} lacks the tensor {name}");
            }

            if (!tensor.Shape.SequenceEqual(dimensions))
            {
                throw new EnvironmentException(
                    $"{source}: {name} is [{string.Join(',', tensor.Shape)}] and not [{string.Join(',', dimensions)}]");
            }

            count++;
        }

        if (tensors.Count > count)
        {
            var known = Of(shape).Select(tensor => tensor.Name).ToHashSet();
            var foreign = tensors.Keys.Where(name => !known.Contains(name)).Order(StringComparer.Ordinal).First();
            throw new EnvironmentException(
                $"{source} has the tensor {foreign}, which a plain Llama model does not have: another architecture?");
        }
    }
}
