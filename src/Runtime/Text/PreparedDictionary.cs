using NacrithOnnx.Runtime.Mix;
using NacrithOnnx.Runtime.Predict;

namespace NacrithOnnx.Runtime.Text;

/// <summary>
/// The state of a text coder after a dictionary and before the first token of content. It is immutable, so any number
/// of frames and threads may start from it.
/// </summary>
/// <param name="Predictor">A predictor that has learned the last tokens of the dictionary.</param>
/// <param name="Prefix">The tokens that the model's window begins with.</param>
internal sealed record PreparedDictionary(Predictor Predictor, WindowPrefix Prefix) : IDisposable
{
    /// <summary>
    /// Maximum number of tokens that the predictor learns, the last ones of the text: about 250 KB of English. Learning
    /// takes as long as compressing, and the tables have room for that many contexts.
    /// </summary>
    public const int MaxTokens = 1 << 16;

    /// <summary>Tokens that the model's window begins with: half of it is left for the content.</summary>
    public static int PrefixLength(int tokens, WindowSettings window) => Math.Min(tokens, window.Context / 2);

    public void Dispose() => Prefix.Cache.Dispose();
}
