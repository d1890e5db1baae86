namespace NacrithOnnx.Export.Weights;

/// <summary>Weights of a Hugging Face model: one .safetensors file, or several with their index, and config.json
/// beside them.</summary>
internal sealed class SafetensorsWeights : IWeightSource
{
    /// <summary>How the name of an index ends.</summary>
    public const string IndexSuffix = ".index.json";

    private const string ConfigName = "config.json";

    // Configurations have some kilobytes, indexes about 100 bytes a tensor.
    private const int MaxJsonBytes = 1 << 24;

    private readonly List<WeightFile> _files = [];
    private readonly Dictionary<string, TensorEntry> _tensors;

    /// <summary>Opens a model and checks that it is a whole Llama.</summary>
    /// <param name="path">model.safetensors or model.safetensors.index.json.</param>
    /// <exception cref="EnvironmentException">It cannot be read, or it is not.</exception>
    public SafetensorsWeights(string path)
    {
        var folder = Path.GetDirectoryName(path) ?? string.Empty;
        try
        {
            _tensors = path.EndsWith(IndexSuffix, StringComparison.Ordinal)
                ? ReadShards(path, folder)
                : SafetensorsHeader.Read(Open(path));
            var config = Open(Path.Combine(folder, ConfigName));
            Shape = SafetensorsShape.Read(config, ReadJson(config));
            DropRedundant();
            LlamaTensors.Check(Shape, _tensors, path);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public ModelShape Shape { get; }

    /// <inheritdoc/>
    public float[] Read(string name) => _tensors[name].Read();

    /// <inheritdoc/>
    public IReadOnlyList<SourceFile> Hash() => [.. _files.Select(file => file.Hash())];

    /// <inheritdoc/>
    public void Dispose() => _files.ForEach(file => file.Dispose());

    private Dictionary<string, TensorEntry> ReadShards(string path, string folder)
    {
        var index = Open(path);
        var map = ReadJson(index).Object("weight_map") ?? throw index.Broken("it lacks the field weight_map");
        var shards = new Dictionary<string, Dictionary<string, TensorEntry>>();
        var tensors = new Dictionary<string, TensorEntry>();
        foreach (var name in map.Names)
        {
            var shard = map.Text(name) ?? throw index.Broken($"it names no file for {name}");
            if (Path.GetFileName(shard) != shard || shard.Length == 0)
            {
                throw index.Broken($"{shard} is not a file name");
            }

            if (!shards.TryGetValue(shard, out var entries))
            {
                entries = SafetensorsHeader.Read(Open(Path.Combine(folder, shard)));
                shards.Add(shard, entries);
            }

            tensors.Add(name, entries.TryGetValue(name, out var entry)
                ? entry
                : throw index.Broken($"{name} is not in {shard}"));
        }

        return tensors;
    }

    // Old files keep the rotary frequencies, which follow from the base; and some keep a copy of tied embeddings as
    // the head, which transformers does not read either.
    private void DropRedundant()
    {
        if (Shape.TiedEmbeddings)
        {
            _tensors.Remove(LlamaTensors.Head);
        }

        for (var layer = 0; layer < Shape.Layers; layer++)
        {
            _tensors.Remove(FormattableString.Invariant($"model.layers.{layer}.self_attn.rotary_emb.inv_freq"));
        }
    }

    private WeightFile Open(string path)
    {
        var file = new WeightFile(path);
        _files.Add(file);
        return file;
    }

    private static ConfigObject ReadJson(WeightFile file) => ConfigObject.Parse(file, file.ReadAll(MaxJsonBytes));
}
