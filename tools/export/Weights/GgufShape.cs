namespace NacrithOnnx.Export.Weights;

/// <summary>
/// Architecture values from GGUF metadata. Every key of the architecture must be understood: one that is not may
/// change what the model computes.
/// </summary>
internal static class GgufShape
{
    private const string Architecture = "llama";
    private const string ArchitectureKey = "general.architecture";
    private const string TokensKey = "tokenizer.ggml.tokens";
    private const string StartTokenKey = "tokenizer.ggml.bos_token_id";
    private const string Prefix = "llama.";
    private const string VocabularyKey = Prefix + "vocab_size";
    private const string LayersKey = Prefix + "block_count";
    private const string HiddenKey = Prefix + "embedding_length";
    private const string HeadsKey = Prefix + "attention.head_count";
    private const string KeyValueHeadsKey = Prefix + "attention.head_count_kv";
    private const string KeyLengthKey = Prefix + "attention.key_length";
    private const string ValueLengthKey = Prefix + "attention.value_length";
    private const string RotatedKey = Prefix + "rope.dimension_count";
    private const string IntermediateKey = Prefix + "feed_forward_length";
    private const string PositionsKey = Prefix + "context_length";
    private const string EpsilonKey = Prefix + "attention.layer_norm_rms_epsilon";
    private const string ThetaKey = Prefix + "rope.freq_base";
    private const string ScalingKey = Prefix + "rope.scaling.type";
    private const string NoScaling = "none";

    // llama.cpp's value where the key is absent.
    private const float DefaultTheta = 10_000;

    private static readonly HashSet<string> KnownKeys =
    [
        VocabularyKey, LayersKey, HiddenKey, HeadsKey, KeyValueHeadsKey, KeyLengthKey, ValueLengthKey, RotatedKey,
        IntermediateKey, PositionsKey, EpsilonKey, ThetaKey, ScalingKey,
    ];

    private static readonly byte[] DocumentSeparator = "<|endoftext|>"u8.ToArray();

    /// <summary>Reads the values.</summary>
    /// <exception cref="EnvironmentException">The model is not a plain Llama, or a value is missing or out of range.
    /// </exception>
    public static ModelShape Read(WeightFile file, GgufHeader header)
    {
        var metadata = header.Metadata;
        var architecture = metadata.Text(ArchitectureKey);
        if (architecture != Architecture)
        {
            throw file.Broken($"its architecture is {architecture ?? "not named"}; only {Architecture} is supported");
        }

        RefuseUnknownKeys(file, metadata);
        var heads = Required(HeadsKey);
        var hidden = Required(HiddenKey);
        var headDimension = metadata.Integer(KeyLengthKey) ?? (heads > 0 ? hidden / heads : 0);
        RequireEqual(file, ValueLengthKey, metadata.Integer(ValueLengthKey), headDimension);
        RequireEqual(file, RotatedKey, metadata.Integer(RotatedKey), headDimension);
        var vocabulary = Vocabulary(file, header);
        RequireEqual(file, VocabularyKey, metadata.Integer(VocabularyKey), vocabulary);
        return new ModelShape
        {
            Layers = Required(LayersKey),
            Hidden = hidden,
            Heads = heads,
            KeyValueHeads = metadata.Integer(KeyValueHeadsKey) ?? heads,
            HeadDimension = headDimension,
            Intermediate = Required(IntermediateKey),
            Vocabulary = vocabulary,
            Positions = Required(PositionsKey),
            RmsEpsilon = metadata.Single(EpsilonKey) ?? throw file.Broken($"it lacks {EpsilonKey}"),
            RopeTheta = metadata.Single(ThetaKey) ?? DefaultTheta,
            TiedEmbeddings = !header.Tensors.ContainsKey("output.weight"),
            StartToken = metadata.IndexOf(TokensKey, DocumentSeparator)
                ?? metadata.Integer(StartTokenKey)
                ?? throw file.Broken($"it has neither the token <|endoftext|> nor {StartTokenKey}"),
        }.Checked(file.Name);

        int Required(string key) => metadata.Integer(key) ?? throw file.Broken($"it lacks {key}");
    }

    private static void RefuseUnknownKeys(WeightFile file, GgufMetadata metadata)
    {
        foreach (var key in metadata.Keys.Order(StringComparer.Ordinal))
        {
            if (key.StartsWith(Prefix, StringComparison.Ordinal) && !KnownKeys.Contains(key))
            {
                throw file.Broken($"it has {key}, which this exporter does not support");
            }
        }

        if ((metadata.Text(ScalingKey) ?? NoScaling) is var scaling && scaling != NoScaling)
        {
            throw file.Broken($"its rotary positions are scaled ({scaling}), which this exporter does not support");
        }
    }

    private static int Vocabulary(WeightFile file, GgufHeader header) =>
        header.Tensors.TryGetValue("token_embd.weight", out var embedding) && embedding.Shape[0] <= int.MaxValue
            ? (int)embedding.Shape[0]
            : throw file.Broken("it lacks the tensor token_embd.weight");

    private static void RequireEqual(WeightFile file, string key, int? value, int expected)
    {
        if (value is { } given && given != expected)
        {
            throw file.Broken($"{key} is {given}; a plain Llama model of these dimensions has {expected}");
        }
    }
}
