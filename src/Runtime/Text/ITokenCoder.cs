using NacrithOnnx.Runtime.Mix;

namespace NacrithOnnx.Runtime.Text;

/// <summary>One symbol at a time into or out of a payload.</summary>
internal interface ITokenCoder
{
    /// <summary>Whether tokens are known before they are coded.</summary>
    bool Encodes { get; }

    /// <summary>Codes a token by the given frequencies.</summary>
    /// <param name="cdf">Frequencies.</param>
    /// <param name="token">The token; ignored by a decoder.</param>
    /// <returns>The token.</returns>
    int Code(Cdf cdf, int token);
}
