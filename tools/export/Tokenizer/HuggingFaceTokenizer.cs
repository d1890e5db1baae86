using System.Text.Json;
using System.Text.Json.Serialization;

namespace NacrithOnnx.Export;

/// <summary>The parts of a Hugging Face tokenizer.json that decide tokens.</summary>
internal sealed record HuggingFaceTokenizer
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        AllowDuplicateProperties = false,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    /// <summary>Tokens that are cut out of the text before all else; all must be special here.</summary>
    public IReadOnlyList<AddedToken> AddedTokens { get; init; } = [];

    /// <summary>Changes text before it is split; must be absent here.</summary>
    public JsonElement? Normalizer { get; init; }

    /// <summary>Splits text into words.</summary>
    public PreTokenizerStep? PreTokenizer { get; init; }

    /// <summary>Vocabulary and merges.</summary>
    public MergeModel? Model { get; init; }

    /// <summary>Reads the file.</summary>
    /// <exception cref="EnvironmentException">Not JSON, or not of the shape of a tokenizer.json.</exception>
    public static HuggingFaceTokenizer Parse(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize<HuggingFaceTokenizer>(json, Options)
                ?? throw new EnvironmentException("The tokenizer source is empty.");
        }
        catch (JsonException exception)
        {
            throw new EnvironmentException("The tokenizer source is not a Hugging Face tokenizer.json.", exception);
        }
    }

    /// <summary>A token of added_tokens.</summary>
    internal sealed record AddedToken(int Id, string Content, bool Special);

    /// <summary>A step of pre_tokenizer; a Sequence has steps of its own.</summary>
    internal sealed record PreTokenizerStep
    {
        public string? Type { get; init; }

        public bool IndividualDigits { get; init; }

        public bool AddPrefixSpace { get; init; }

        /// <summary>Absent in old files, where it means true.</summary>
        public bool UseRegex { get; init; } = true;

        [JsonPropertyName("pretokenizers")]
        public IReadOnlyList<PreTokenizerStep> Steps { get; init; } = [];
    }

    /// <summary>The part model.</summary>
    internal sealed record MergeModel
    {
        public string? Type { get; init; }

        public double? Dropout { get; init; }

        public string? UnkToken { get; init; }

        public string? ContinuingSubwordPrefix { get; init; }

        public string? EndOfWordSuffix { get; init; }

        public bool ByteFallback { get; init; }

        public bool IgnoreMerges { get; init; }

        public IReadOnlyDictionary<string, int> Vocab { get; init; } = new Dictionary<string, int>();

        public IReadOnlyList<Merge> Merges { get; init; } = [];
    }

    /// <summary>A pair of token strings.</summary>
    [JsonConverter(typeof(MergeConverter))]
    internal readonly record struct Merge(string Left, string Right);
}
