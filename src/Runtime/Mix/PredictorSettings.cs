using System.Runtime.CompilerServices;

namespace NacrithOnnx.Runtime.Mix;

/// <summary>
/// All settings of the predictor. They decide archive bytes, so all of them belong in the header or in the arithmetic
/// id. Rates and weights are single-precision numbers, stored as their bits.
/// </summary>
internal sealed record PredictorSettings
{
    /// <summary>The language model alone.</summary>
    public static PredictorSettings LanguageModelAlone { get; } = new()
    {
        LogitWeight = 1f,
        BiasRate = 0f,
        HiddenRate = 0f,
        ContextOrders = 0,
        MatchCandidates = 0,
    };

    /// <summary>All parts. The constants are a compromise between a novel, a play and an encyclopedia.</summary>
    public static PredictorSettings Ensemble { get; } = new();

    /// <summary>
    /// Factor on the language model's logits. An instruct model is slightly overconfident on plain text: 0.98 saves
    /// 0.1 % on alice29.txt and asyoulik.txt with all other parts.
    /// </summary>
    public float LogitWeight { get; init; } = 0.98f;

    /// <summary>Step of a token's bias at the first evidence for it, in nats; 0 turns the bias head off.</summary>
    public float BiasRate { get; init; } = 0.6f;

    /// <summary>How fast that step shrinks: it is divided by 1 + decay · (how often the token was expected).</summary>
    public float BiasDecay { get; init; } = 1f;

    /// <summary>Fraction of the step that never decays, so that the bias adapts to changes of the text.</summary>
    public float BiasFloor { get; init; } = 0.05f;

    /// <summary>
    /// Tokens after which bias head and contexts reach half of their full step; 0 for no warm-up. The first tokens of a
    /// text are its least typical: without warm-up, 250 tokens of enwik8 grow by up to 0.9 %, with it by less than
    /// 0.2 %.
    /// </summary>
    public int Warmup { get; init; } = 500;

    /// <summary>Step of a row of the adaptive output layer along the hidden state, in nats; 0 turns it off.</summary>
    public float HiddenRate { get; init; } = 0.8f;

    /// <summary>How fast that step shrinks: it is divided by 1 + decay · evidence for the token.</summary>
    public float HiddenDecay { get; init; } = 0.1f;

    /// <summary>Fraction of that step that never decays.</summary>
    public float HiddenFloor { get; init; } = 0.2f;

    /// <summary>Longest context of the N-gram model in tokens, 0 (off) to <see cref="MaximumContextOrders"/>.</summary>
    public int ContextOrders { get; init; } = 6;

    /// <summary>log2 of the number of contexts each order remembers, 4 to 20.</summary>
    public int ContextBits { get; init; } = 16;

    /// <summary>Step of the log-odds of one token in one context, in nats.</summary>
    public float ContextRate { get; init; } = 0.1f;

    /// <summary>Initial log-odds of a new token in a context, multiplied by 1 minus its probability.</summary>
    public float ContextStart { get; init; } = 0.25f;

    /// <summary>
    /// Number of earlier positions that the match model follows at once, 0 (off) to <see cref="MaximumMatches"/>.
    /// </summary>
    public int MatchCandidates { get; init; } = 1;

    /// <summary>Tokens that must repeat before the match model follows a position.</summary>
    public int MatchLength { get; init; } = 5;

    /// <summary>
    /// Initial step of the log-odds of a kind of evidence, in nats; it falls with the square root of occurrences.
    /// </summary>
    public float EvidenceRate { get; init; } = 0.4f;

    /// <summary>Minimum step of the log-odds of a kind of evidence, in nats.</summary>
    public float EvidenceFloor { get; init; } = 0.02f;

    /// <summary>Bytes of the contexts of all orders.</summary>
    public long TableLength => (long)ContextOrders * Unsafe.SizeOf<ContextSlot>() << ContextBits;

    /// <summary>Upper bound of <see cref="ContextOrders"/>.</summary>
    public const int MaximumContextOrders = 8;

    /// <summary>Upper bound of <see cref="MatchCandidates"/>.</summary>
    public const int MaximumMatches = 4;

    /// <summary>Rejects values outside their range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its documented range or not finite.</exception>
    public void Validate()
    {
        RequireWithin(LogitWeight, 0.25f, 4f, nameof(LogitWeight));
        RequireWithin(BiasRate, 0f, 2f, nameof(BiasRate));
        RequireWithin(BiasDecay, 0f, 100f, nameof(BiasDecay));
        RequireWithin(BiasFloor, 0f, 1f, nameof(BiasFloor));
        RequireWithin(HiddenRate, 0f, 4f, nameof(HiddenRate));
        RequireWithin(HiddenDecay, 0f, 100f, nameof(HiddenDecay));
        RequireWithin(HiddenFloor, 0f, 1f, nameof(HiddenFloor));
        RequireWithin(Warmup, 0, 1 << 20, nameof(Warmup));
        RequireWithin(ContextRate, 0f, 1f, nameof(ContextRate));
        RequireWithin(ContextStart, 0f, 4f, nameof(ContextStart));
        RequireWithin(EvidenceRate, 0f, 4f, nameof(EvidenceRate));
        RequireWithin(EvidenceFloor, 0f, 1f, nameof(EvidenceFloor));
        RequireWithin(ContextOrders, 0, MaximumContextOrders, nameof(ContextOrders));
        RequireWithin(ContextBits, 4, 20, nameof(ContextBits));
        RequireWithin(MatchCandidates, 0, MaximumMatches, nameof(MatchCandidates));
        RequireWithin(MatchLength, 1, 32, nameof(MatchLength));
    }

    private static void RequireWithin(float value, float low, float high, string name)
    {
        if (!(value >= low && value <= high))
        {
            throw new ArgumentOutOfRangeException(name, value, $"Must be between {low} and {high}.");
        }
    }
}
