using System.Globalization;

namespace NacrithOnnx.Export.Weights;

/// <summary>Weights of a GGUF file, as llama.cpp's converter writes Llama models.</summary>
internal sealed class GgufWeights : IWeightSource
{
    private const string LayerPrefix = "blk.";

    private static readonly Dictionary<string, string> GlobalNames = new()
    {
        ["token_embd.weight"] = LlamaTensors.Embedding,
        ["output_norm.weight"] = LlamaTensors.Norm,
        ["output.weight"] = LlamaTensors.Head,
    };

    private static readonly Dictionary<string, string> LayerNames = new()
    {
        ["attn_norm.weight"] = LlamaTensors.AttentionNorm,
        ["attn_q.weight"] = LlamaTensors.Query,
        ["attn_k.weight"] = LlamaTensors.Key,
        ["attn_v.weight"] = LlamaTensors.Value,
        ["attn_output.weight"] = LlamaTensors.Output,
        ["ffn_norm.weight"] = LlamaTensors.MlpNorm,
        ["ffn_gate.weight"] = LlamaTensors.Gate,
        ["ffn_up.weight"] = LlamaTensors.Up,
        ["ffn_down.weight"] = LlamaTensors.Down,
    };

    private readonly WeightFile _file;
    private readonly Dictionary<string, TensorEntry> _tensors = [];

    /// <summary>Opens a file and checks that it holds a whole Llama model.</summary>
    /// <exception cref="EnvironmentException">It cannot be read, or it does not.</exception>
    public GgufWeights(string path)
    {
        _file = new WeightFile(path);
        try
        {
            var header = new GgufHeader(_file);
            Shape = GgufShape.Read(_file, header);
            foreach (var (name, tensor) in header.Tensors)
            {
                if (!_tensors.TryAdd(ToHuggingFace(name), tensor))
                {
                    throw _file.Broken($"the tensor {name} is there under two names");
                }
            }

            LlamaTensors.Check(Shape, _tensors, path);
        }
        catch
        {
            _file.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public ModelShape Shape { get; }

    /// <inheritdoc/>
    public float[] Read(string name)
    {
        var values = _tensors[name].Read();
        return name.EndsWith($"{LlamaTensors.Query}.weight", StringComparison.Ordinal)
            || name.EndsWith($"{LlamaTensors.Key}.weight", StringComparison.Ordinal)
            ? SplitPairs(values, Shape.Hidden, Shape.HeadDimension)
            : values;
    }

    /// <inheritdoc/>
    public IReadOnlyList<SourceFile> Hash() => [_file.Hash()];

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    /// <summary>
    /// Undoes the row order of llama.cpp's Q and K. Rotary positions turn pairs of a head's rows: Hugging Face pairs row
    /// i with row i + half, llama.cpp row 2i with row 2i + 1, and its converter (LlamaModel.permute in
    /// convert_hf_to_gguf.py) interleaves the two halves so that the same pairs meet:
    /// <code>
    /// Hugging Face  0 1 2 3 | 4 5 6 7     converter  →  0 4 1 5 2 6 3 7
    /// </code>
    /// Here the even rows become the first half again and the odd rows the second.
    /// </summary>
    internal static float[] SplitPairs(float[] values, int columns, int headRows)
    {
        var half = headRows / 2;
        var result = new float[values.Length];
        for (var row = 0; row < values.Length / columns; row++)
        {
            var inHead = row % headRows;
            var target = row - inHead + (inHead / 2) + (inHead % 2 * half);
            values.AsSpan(row * columns, columns).CopyTo(result.AsSpan(target * columns));
        }

        return result;
    }

    // A name that is not known stays as it is, and LlamaTensors.Check refuses it.
    private static string ToHuggingFace(string name)
    {
        if (GlobalNames.TryGetValue(name, out var global))
        {
            return global;
        }

        var dot = name.StartsWith(LayerPrefix, StringComparison.Ordinal) ? name.IndexOf('.', LayerPrefix.Length) : -1;
        return dot > 0
            && LayerNames.TryGetValue(name[(dot + 1)..], out var part)
            && int.TryParse(
                name.AsSpan(LayerPrefix.Length, dot - LayerPrefix.Length),
                NumberStyles.None,
                CultureInfo.InvariantCulture,
                out var layer)
            ? LlamaTensors.Layer(layer, part)
            : name;
    }
}
