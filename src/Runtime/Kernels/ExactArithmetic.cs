namespace NacrithOnnx.Runtime.Kernels;

/// <summary>
/// The constants of the exact arithmetic: how activations become integers, and the bounds that keep every sum exact.
/// The exporter writes the same constants into the function bodies of the model; both must change together, with a new
/// arithmetic id.
/// </summary>
internal static class ExactArithmetic
{
    /// <summary>
    /// Names this arithmetic in manifests and archives; any change of a constant below needs a new id.
    /// </summary>
    public const string Id = "nx1";

    /// <summary>
    /// Activations in one part enter a matrix product as bytes 1..255 around this zero point. With weights in −64..64
    /// two products (255·64·2 = 32,640) fit in the saturating int16 of AVX2's VPMADDUBSW, so every processor is exact.
    /// </summary>
    public const int NarrowZeroPoint = 128;

    /// <summary>
    /// Activations in two parts are bytes 0..127 around this zero point, so weights may be −127..127
    /// (127·127·2 = 32,258) and products are still exact on every processor. A weight of −128 is not: ARM cores without
    /// dot products wrap on it.
    /// </summary>
    public const int WideZeroPoint = 64;

    /// <summary>
    /// Largest magnitude of a weight that is multiplied with one part; see <see cref="NarrowZeroPoint"/>.
    /// </summary>
    public const int NarrowWeightLimit = 64;

    /// <summary>
    /// Largest magnitude of a weight that is multiplied only with two parts; see <see cref="WideZeroPoint"/>.
    /// </summary>
    public const int WideWeightLimit = 127;

    /// <summary>Largest magnitude of an activation in one part.</summary>
    public const float NarrowLimit = 127;

    /// <summary>Largest magnitude of an activation in two parts, high·128 + low: both parts stay in 0..127.</summary>
    public const float WideLimit = 8127;

    /// <summary>Bits of the low part.</summary>
    public const int PartBits = 7;

    /// <summary>Widest matrix input: a sum stays below 4,096·8,127·64 &lt; 2^31.</summary>
    public const int MaxMatrixInputs = 4096;

    /// <summary>
    /// Largest magnitude of a residual rounded for the root mean square: 2,047² · 2,048 inputs / 4 lanes &lt; 2^31.
    /// </summary>
    public const float NormLimit = 2047;

    /// <summary>Widest residual that <see cref="NormLimit"/> allows.</summary>
    public const int MaxHidden = 2048;

    /// <summary>Largest magnitude of a query; 64·511·127 &lt; 2^24, so a float product is exact too.</summary>
    public const float QueryLimit = 511;

    /// <summary>Largest magnitude of a cached key or value.</summary>
    public const float CacheLimit = 127;

    /// <summary>Largest attention weight: an int16, the operand of VPMADDWD.</summary>
    public const float AttentionLimit = 32767;

    /// <summary>
    /// Softmax numerators are rounded to multiples of 2^−19: 8,192 positions / 4 lanes · 2^19 fits in int32.
    /// </summary>
    public const float SoftmaxUnit = 1 << 19;

    /// <summary>Longest context that <see cref="SoftmaxUnit"/> allows.</summary>
    public const int MaxPositions = 8192;

    /// <summary>Lower bound of every maximum, so that a row of zeros does not divide by zero.</summary>
    public const float Tiny = 1e-30f;

    /// <summary>Below −40, 2^x is computed as 2^−40: softmax rounds anything that small to zero.</summary>
    public const float Exp2Floor = -40;

    /// <summary>log2(e), to turn exp into 2^x.</summary>
    public const float Log2E = 1.44269504f;

    /// <summary>Factor of the scores: log2(e) / sqrt(64), one rounded constant.</summary>
    public const float QueryFactor = Log2E * 0.125f;

    /// <summary>Below every score: that of a position which a query does not see.</summary>
    public const float LowestScore = -3e38f;

    /// <summary>
    /// 2^f on 0..1 is 1 + f(c1 + f(c2 + f(c3 + f·c4))): exact at both ends, largest relative error 3.4e-6
    /// (weighted least squares iterated to equal ripples).
    /// </summary>
    public const float Exp2C1 = 0.6930321455001831f;

    /// <summary>See <see cref="Exp2C1"/>.</summary>
    public const float Exp2C2 = 0.2413797676563263f;

    /// <summary>See <see cref="Exp2C1"/>.</summary>
    public const float Exp2C3 = 0.05203237012028694f;

    /// <summary>See <see cref="Exp2C1"/>.</summary>
    public const float Exp2C4 = 0.013555746525526047f;

    /// <summary>Rows of kernels are a whole number of the widest vectors.</summary>
    public const int RowMultiple = 16;

    /// <summary>Width of an attention head; the attention kernel's tiles are built for it.</summary>
    public const int HeadSize = 64;

    /// <summary>Cache capacity is a multiple of the attention kernel's key tile.</summary>
    public const int CacheMultiple = 64;
}
