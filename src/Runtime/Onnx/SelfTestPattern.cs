namespace NacrithOnnx.Runtime.Onnx;

/// <summary>
/// Operands of the known-answer test of MatMulInteger: every pair of extremes, then a mixture. Random bytes alone would
/// miss the int16 overflow of some ARM kernels.
/// </summary>
internal static class SelfTestPattern
{
    /// <summary>Not a multiple of any kernel's step, so that tails are tested too.</summary>
    public const int Inputs = 76;

    /// <summary>See <see cref="Inputs"/>.</summary>
    public const int Outputs = 37;

    /// <summary>Calls of 1..7 rows use different kernels than calls of many rows.</summary>
    public static ReadOnlySpan<int> RowCounts => [1, 2, 3, 4, 5, 6, 7, 33];

    public static sbyte Weight(int input, int output, int limit) => (output % 3) switch
    {
        0 => (sbyte)limit,
        1 => (sbyte)(((input + output) % 2) == 0 ? limit : -limit),
        _ => (sbyte)(((((input * 31) + (output * 17)) * 7) % ((2 * limit) + 1)) - limit),
    };

    public static byte Activation(int row, int input, int max) => (row % 4) switch
    {
        0 => (byte)max,
        1 => (byte)((input % 2) == 0 ? max : 0),
        2 => 0,
        _ => (byte)((((row * 13) + (input * 29)) * 5) % (max + 1)),
    };
}
