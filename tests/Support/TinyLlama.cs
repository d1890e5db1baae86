using System.Runtime.InteropServices;
using NacrithOnnx.Export.Weights;

namespace NacrithOnnx.Tests.Support;

/// <summary>A Llama model of one layer, with small known weights, in both formats.</summary>
internal static class TinyLlama
{
    public const string GgufQuery = "blk.0.attn_q.weight";

    private const uint GgmlF32 = 0;

    public static ModelShape Shape { get; } = new()
    {
        Layers = 1,
        Hidden = 8,
        Heads = 2,
        KeyValueHeads = 1,
        HeadDimension = 4,
        Intermediate = 12,
        Vocabulary = 5,
        Positions = 64,
        RmsEpsilon = 1e-5f,
        RopeTheta = 100_000,
        TiedEmbeddings = true,
        StartToken = 2,
    };

    /// <summary>config.json of the model.</summary>
    public const string Config = """
        {
          "architectures": ["LlamaForCausalLM"], "hidden_act": "silu", "bos_token_id": 2, "hidden_size": 8,
          "intermediate_size": 12, "max_position_embeddings": 64, "num_attention_heads": 2, "num_hidden_layers": 1,
          "num_key_value_heads": 1, "rms_norm_eps": 1e-05, "rope_scaling": null, "rope_theta": 100000,
          "tie_word_embeddings": true, "vocab_size": 5
        }
        """;

    private static readonly (string Gguf, string HuggingFace)[] Names =
    [
        ("token_embd.weight", LlamaTensors.Embedding),
        ("output_norm.weight", LlamaTensors.Norm),
        ("blk.0.attn_norm.weight", LlamaTensors.Layer(0, LlamaTensors.AttentionNorm)),
        (GgufQuery, LlamaTensors.Layer(0, LlamaTensors.Query)),
        ("blk.0.attn_k.weight", LlamaTensors.Layer(0, LlamaTensors.Key)),
        ("blk.0.attn_v.weight", LlamaTensors.Layer(0, LlamaTensors.Value)),
        ("blk.0.attn_output.weight", LlamaTensors.Layer(0, LlamaTensors.Output)),
        ("blk.0.ffn_norm.weight", LlamaTensors.Layer(0, LlamaTensors.MlpNorm)),
        ("blk.0.ffn_gate.weight", LlamaTensors.Layer(0, LlamaTensors.Gate)),
        ("blk.0.ffn_up.weight", LlamaTensors.Layer(0, LlamaTensors.Up)),
        ("blk.0.ffn_down.weight", LlamaTensors.Layer(0, LlamaTensors.Down)),
    ];

    /// <summary>The weights of a tensor, in Hugging Face's order of rows.</summary>
    public static float[] Weights(string name)
    {
        var shape = LlamaTensors.Of(Shape).Single(tensor => tensor.Name == name).Shape;
        var first = Array.FindIndex(Names, pair => pair.HuggingFace == name) * 1000;
        return [.. Enumerable.Range(first, (int)shape.Aggregate((a, b) => a * b)).Select(value => (float)value)];
    }

    public static GgufBuilder Gguf()
    {
        var builder = new GgufBuilder()
            .Text("general.architecture", "llama")
            .UInt32("llama.block_count", 1)
            .UInt32("llama.context_length", 64)
            .UInt32("llama.embedding_length", 8)
            .UInt32("llama.feed_forward_length", 12)
            .UInt32("llama.attention.head_count", 2)
            .UInt32("llama.attention.head_count_kv", 1)
            .Single("llama.rope.freq_base", 100_000)
            .Single("llama.attention.layer_norm_rms_epsilon", 1e-5f)
            .Texts("tokenizer.ggml.tokens", "a", "b", "<|endoftext|>", "c", "d")
            .UInt32("tokenizer.ggml.bos_token_id", 1);
        foreach (var (gguf, name) in Names)
        {
            var weights = Weights(name);
            if (gguf is GgufQuery or "blk.0.attn_k.weight")
            {
                weights = Interleave(weights);
            }

            var shape = LlamaTensors.Of(Shape).Single(tensor => tensor.Name == name).Shape;
            builder.Tensor(gguf, GgmlF32, shape, MemoryMarshal.AsBytes(weights.AsSpan()).ToArray());
        }

        return builder;
    }

    /// <param name="select">Which tensors to write, by Hugging Face's name.</param>
    public static SafetensorsBuilder Safetensors(Func<string, bool> select)
    {
        var builder = new SafetensorsBuilder().Entry("\"__metadata__\":{\"format\":\"pt\"}");
        foreach (var (name, shape) in LlamaTensors.Of(Shape).Where(tensor => select(tensor.Name)))
        {
            builder.Tensor(name, "F32", shape, MemoryMarshal.AsBytes(Weights(name).AsSpan()).ToArray());
        }

        return builder;
    }

    // As llama.cpp's converter does for heads of four rows: 0 1 | 2 3 becomes 0 2 1 3.
    private static float[] Interleave(float[] rows)
    {
        int[] order = [0, 2, 1, 3];
        return [.. rows.Chunk(4 * Shape.Hidden).SelectMany(head =>
            order.SelectMany(row => head.Skip(row * Shape.Hidden).Take(Shape.Hidden)))];
    }
}
