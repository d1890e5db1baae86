using System.Buffers;
using NacrithOnnx.Runtime.Code;
using NacrithOnnx.Runtime.Mix;

namespace NacrithOnnx.Runtime.Text;

/// <summary>Tokens into a payload.</summary>
internal sealed class TokenEncoder(IBufferWriter<byte> payload) : ITokenCoder
{
    private readonly RangeEncoder _encoder = new(payload);

    public bool Encodes => true;

    public int Code(Cdf cdf, int token)
    {
        cdf.Interval(token, out var low, out var frequency);
        _encoder.Encode(low, frequency, cdf.Total);
        return token;
    }

    public void Finish() => _encoder.Finish();
}
