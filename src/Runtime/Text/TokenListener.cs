using NacrithOnnx.Runtime.Mix;

namespace NacrithOnnx.Runtime.Text;

/// <summary>Accepts known tokens and writes nothing, to learn a dictionary.</summary>
internal sealed class TokenListener : ITokenCoder
{
    public bool Encodes => true;

    public int Code(Cdf cdf, int token) => token;
}
