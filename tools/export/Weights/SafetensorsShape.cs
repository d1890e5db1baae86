namespace NacrithOnnx.Export.Weights;

/// <summary>Architecture values from the config.json of a Hugging Face model.</summary>
internal static class SafetensorsShape
{
    private const string Architecture = "LlamaForCausalLM";
    private const string Activation = "silu";
    private const string NoScaling = "default";

    // Defaults of transformers' LlamaConfig, for fields that are absent.
    private const float DefaultEpsilon = 1e-6f;
    private const float DefaultTheta = 10_000;

    /// <summary>Reads the values.</summary>
    /// <exception cref="EnvironmentException">The model is not a plain Llama, or a value is missing or out of range.
    /// </exception>
    public static ModelShape Read(WeightFile file, ConfigObject config)
    {
        RefuseOtherArchitectures(file, config);
        var heads = Required("num_attention_heads");
        var hidden = Required("hidden_size");

        // Since version 5 transformers keeps what concerns rotary positions in an object of their own.
        var rotary = config.Object("rope_parameters");
        return new ModelShape
        {
            Layers = Required("num_hidden_layers"),
            Hidden = hidden,
            Heads = heads,
            KeyValueHeads = config.Integer("num_key_value_heads") ?? heads,
            HeadDimension = config.Integer("head_dim") ?? (heads > 0 ? hidden / heads : 0),
            Intermediate = Required("intermediate_size"),
            Vocabulary = Required("vocab_size"),
            Positions = Required("max_position_embeddings"),
            RmsEpsilon = config.Single("rms_norm_eps") ?? DefaultEpsilon,
            RopeTheta = config.Single("rope_theta") ?? rotary?.Single("rope_theta") ?? DefaultTheta,
            TiedEmbeddings = config.Boolean("tie_word_embeddings"),
            StartToken = Required("bos_token_id"),
        }.Checked(file.Name);

        int Required(string name) => config.Integer(name) ?? throw file.Broken($"it lacks the field {name}");
    }

    private static void RefuseOtherArchitectures(WeightFile file, ConfigObject config)
    {
        var architectures = config.Texts("architectures");
        if (architectures is not [Architecture])
        {
            throw file.Broken($"its architecture is {string.Join(',', architectures)}; only {Architecture} is supported");
        }

        if (config.Text("hidden_act") is var activation && activation != Activation)
        {
            throw file.Broken($"its activation is {activation}; only {Activation} is supported");
        }

        if (config.Object("rope_scaling") is not null
            || (config.Object("rope_parameters")?.Text("rope_type") ?? NoScaling) != NoScaling
            || config.Boolean("rope_interleaved"))
        {
            throw file.Broken("its rotary positions are scaled or interleaved, which this exporter does not support");
        }

        if (config.Boolean("attention_bias") || config.Boolean("mlp_bias"))
        {
            throw file.Broken("it has biases, which this exporter does not support");
        }
    }
}
