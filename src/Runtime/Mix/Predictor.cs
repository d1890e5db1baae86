namespace NacrithOnnx.Runtime.Mix;

/// <summary>
/// Turns the logits of the language model into the frequencies to code with, and learns from each token coded.
/// </summary>
/// <remarks>
/// One predictor serves a whole frame. The frame's streams take turns: Predict(0), Update(0), Predict(1), Update(1) …,
/// in the same order in compressor and decompressor, so what one stream teaches the next one already uses.
/// </remarks>
public sealed class Predictor
{
    private readonly int _vocabularySize;
    private readonly int _streams;

    /// <summary>Starts with no experience.</summary>
    /// <param name="settings">Which parts take part.</param>
    /// <param name="vocabularySize">Number of tokens, 1 to <see cref="Cdf.MaximumSize"/>.</param>
    /// <param name="streams">Number of streams in the frame, at least 1.</param>
    public Predictor(PredictorSettings settings, int vocabularySize, int streams)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentOutOfRangeException.ThrowIfLessThan(vocabularySize, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(vocabularySize, Cdf.MaximumSize);
        ArgumentOutOfRangeException.ThrowIfLessThan(streams, 1);
        _vocabularySize = vocabularySize;
        _streams = streams;
    }

    /// <summary>Predicts the next token of a stream.</summary>
    /// <param name="stream">The stream, below the number of streams.</param>
    /// <param name="logits">The language model's natural-log scores, one per token.</param>
    /// <param name="cdf">Receives the frequencies; its size is the vocabulary's.</param>
    public void Predict(int stream, ReadOnlySpan<float> logits, Cdf cdf)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)stream, (uint)_streams, nameof(stream));
        ArgumentNullException.ThrowIfNull(cdf);
        CdfBuilder.Build(logits, cdf);
    }

    /// <summary>Learns the token that followed the last <see cref="Predict"/> of the same stream.</summary>
    /// <param name="stream">The stream, below the number of streams.</param>
    /// <param name="token">The token, below the vocabulary's size.</param>
    public void Update(int stream, int token)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)stream, (uint)_streams, nameof(stream));
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)token, (uint)_vocabularySize, nameof(token));
    }
}
