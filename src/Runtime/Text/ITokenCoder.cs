using NacrithOnnx.Runtime.Mix;

namespace NacrithOnnx.Runtime.Text;

/// <summary>Codes tokens into or out of a payload, one at a time.</summary>
internal interface ITokenCoder
{
    /// <summary>Whether tokens are known before they are coded.</summary>
    bool Encodes { get; }

    /// <summary>Codes a token with the given frequencies.</summary>
    /// <param name="cdf">Frequencies.</param>
    /// <param name="token">The token; ignored by a decoder.</param>
    /// <returns>The token.</returns>
    int Code(Cdf cdf, int token);
}
