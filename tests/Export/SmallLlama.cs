using System.Runtime.InteropServices;
using NacrithOnnx.Export.Weights;
using NacrithOnnx.Runtime.Tokenize;
using NacrithOnnx.Tests.Support;
using NacrithOnnx.Tests.Tokenize;

namespace NacrithOnnx.Tests.Export;

/// <summary>The smallest Llama model that the kernels support, with random weights, in both formats.</summary>
internal static class SmallLlama
{
    private const uint GgmlF32 = 0;
    private const int HeadRows = 64;

    public const string Config = """
        {
          "architectures": ["LlamaForCausalLM"], "hidden_act": "silu", "bos_token_id": 0, "hidden_size": 64,
          "intermediate_size": 32, "max_position_embeddings": 1024, "num_attention_heads": 1, "num_hidden_layers": 1,
          "num_key_value_heads": 1, "rms_norm_eps": 1e-05, "rope_scaling": null, "rope_theta": 10000,
          "tie_word_embeddings": true, "vocab_size": 272
        }
        """;

    private static readonly (string Gguf, string Part)[] LayerNames =
    [
        ("attn_norm", LlamaTensors.AttentionNorm), ("attn_q", LlamaTensors.Query), ("attn_k", LlamaTensors.Key),
        ("attn_v", LlamaTensors.Value), ("attn_output", LlamaTensors.Output), ("ffn_norm", LlamaTensors.MlpNorm),
        ("ffn_gate", LlamaTensors.Gate), ("ffn_up", LlamaTensors.Up), ("ffn_down", LlamaTensors.Down),
    ];

    /// <summary>A tokenizer with the same vocabulary: special tokens, bytes and thirteen merges.</summary>
    public static byte[] Tokenizer { get; } = TokenizerJson.Bytes(TokenizerJson.Of(new TokenizerDefinition(
        3, 0, 2, Enumerable.Range(0, 256).Select(value => (byte)value).ToArray(),
        "eathinerreonanstorndheouisalar"[..26].Chunk(2)
            .Select(pair => TokenizerDefinition.Pair(pair[0] + 3, pair[1] + 3)).ToArray())));

    private static ModelShape Shape { get; } = new()
    {
        Layers = 1,
        Hidden = 64,
        Heads = 1,
        KeyValueHeads = 1,
        HeadDimension = HeadRows,
        Intermediate = 32,
        Vocabulary = 272,
        Positions = 1024,
        RmsEpsilon = 1e-5f,
        RopeTheta = 10_000,
        TiedEmbeddings = true,
        StartToken = 0,
    };

    /// <param name="positions">Longest context that the file states.</param>
    public static GgufBuilder Gguf(uint positions = 1024)
    {
        var builder = new GgufBuilder()
            .Text("general.architecture", "llama")
            .UInt32("llama.block_count", 1)
            .UInt32("llama.context_length", positions)
            .UInt32("llama.embedding_length", 64)
            .UInt32("llama.feed_forward_length", 32)
            .UInt32("llama.attention.head_count", 1)
            .Single("llama.rope.freq_base", 10_000)
            .Single("llama.attention.layer_norm_rms_epsilon", 1e-5f)
            .UInt32("tokenizer.ggml.bos_token_id", 0);
        foreach (var (name, shape, values) in Tensors())
        {
            var layerName = LayerNames.FirstOrDefault(pair => name == LlamaTensors.Layer(0, pair.Part)).Gguf;
            var gguf = name == LlamaTensors.Embedding ? "token_embd" : name == LlamaTensors.Norm ? "output_norm" : $"blk.0.{layerName}";
            builder.Tensor(gguf + ".weight", GgmlF32, shape, Bytes(layerName is "attn_q" or "attn_k" ? Interleave(values) : values));
        }

        return builder;
    }

    public static SafetensorsBuilder Safetensors()
    {
        var builder = new SafetensorsBuilder();
        foreach (var (name, shape, values) in Tensors())
        {
            builder.Tensor(name, "F32", shape, Bytes(values));
        }

        return builder;
    }

    private static IEnumerable<(string Name, long[] Shape, float[] Values)> Tensors()
    {
        var random = new Random(1);
        foreach (var (name, shape) in LlamaTensors.Of(Shape))
        {
            var values = new float[shape.Aggregate((a, b) => a * b)];
            for (var i = 0; i < values.Length; i++)
            {
                // Gains around one; matrices that preserve the magnitude of activations.
                values[i] = shape.Length == 1
                    ? 0.5f + random.NextSingle()
                    : (random.NextSingle() - 0.5f) * 3.5f / MathF.Sqrt(shape[^1]);
            }

            yield return (name, shape, values);
        }
    }

    private static byte[] Bytes(float[] values) => MemoryMarshal.AsBytes(values.AsSpan()).ToArray();

    // As llama.cpp's converter does: rows i and i + half of a head become neighbours.
    private static float[] Interleave(float[] rows) => [.. Enumerable.Range(0, HeadRows).SelectMany(
        row => rows.Skip(((row / 2) + (row % 2 * HeadRows / 2)) * Shape.Hidden).Take(Shape.Hidden))];
}
