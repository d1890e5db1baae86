using NacrithOnnx.Runtime.Kernels;
using NacrithOnnx.Runtime.Mix;

namespace NacrithOnnx.Runtime.Text;

/// <summary>Passes tokens on to a coder, and records what each cost and what was predicted instead.</summary>
/// <param name="coder">The coder.</param>
/// <param name="layout">Which tokens come when.</param>
/// <param name="trace">Receives the record.</param>
internal sealed class TracingCoder(ITokenCoder coder, LaneLayout layout, TextTrace trace) : ITokenCoder
{
    private int _coded;

    public bool Encodes => coder.Encodes;

    public int Code(Cdf cdf, int token)
    {
        token = coder.Code(cdf, token);
        Span<int> likely = stackalloc int[TextTrace.Guesses];
        Span<float> shares = stackalloc float[TextTrace.Guesses];
        LikelyTokens.Find(cdf, likely);
        for (var i = 0; i < likely.Length; i++)
        {
            shares[i] = (float)((double)cdf.Frequencies[likely[i]] / cdf.Total);
        }

        var bits = ExactLog2.Of(cdf.Total) - ExactLog2.Of(cdf.Frequencies[token]);
        trace.Record(Index(_coded++), bits, likely, shares);
        return token;
    }

    /// <summary>First the primer, then a token of each lane in turn; the longer lanes come first.</summary>
    private int Index(int coded) => coded < layout.Primer
        ? coded
        : layout.Start((coded - layout.Primer) % layout.Lanes) + ((coded - layout.Primer) / layout.Lanes);
}
