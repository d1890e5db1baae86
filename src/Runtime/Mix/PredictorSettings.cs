namespace NacrithOnnx.Runtime.Mix;

/// <summary>Which parts of the predictor take part. All of it decides archive bytes, so all of it goes into the header.</summary>
public sealed record PredictorSettings
{
    /// <summary>The language model alone.</summary>
    public static PredictorSettings LanguageModelAlone { get; } = new();

    internal static void AddTo(IDictionary<string, long> values)
    {
    }

    internal static PredictorSettings TakeFrom(IDictionary<string, long> values) => new();
}
