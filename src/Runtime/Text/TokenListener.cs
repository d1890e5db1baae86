using NacrithOnnx.Runtime.Mix;

namespace NacrithOnnx.Runtime.Text;

/// <summary>Takes known tokens and writes nothing: how a dictionary is learned.</summary>
internal sealed class TokenListener : ITokenCoder
{
    public bool Encodes => true;

    public int Code(Cdf cdf, int token) => token;
}
