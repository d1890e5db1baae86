using NacrithOnnx.Runtime.Code;
using NacrithOnnx.Runtime.Mix;

namespace NacrithOnnx.Runtime.Text;

/// <summary>Tokens out of a payload.</summary>
internal sealed class TokenDecoder(ReadOnlyMemory<byte> payload) : ITokenCoder
{
    private readonly RangeDecoder _decoder = new(payload);

    public bool Encodes => false;

    public int Code(Cdf cdf, int token)
    {
        var found = cdf.Find(_decoder.Decode(cdf.Total), out var low, out var frequency);
        _decoder.Consume(low, frequency);
        return found;
    }

    public void Finish() => _decoder.Finish();
}
