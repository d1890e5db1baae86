namespace NacrithOnnx.Runtime.Onnx.CustomOps;

/// <summary>
/// Names of the model's local functions. A digit is the number of parts of a matrix product: first of the product that
/// comes in, then of the activations that go out.
/// </summary>
internal static class KernelNames
{
    public const string Embed = "Embed";

    public static string NormQuantize(bool wideOut) => "NormQuantize" + Digit(wideOut);

    public static string ResidualNormQuantize(bool wideIn, bool wideOut) =>
        "ResidualNormQuantize" + Digit(wideIn) + Digit(wideOut);

    public static string FinalNormQuantize(bool wideIn, bool wideOut) =>
        "FinalNormQuantize" + Digit(wideIn) + Digit(wideOut);

    public static string Attention(bool wideIn, bool wideOut) => "Attention" + Digit(wideIn) + Digit(wideOut);

    public static string SwiGluQuantize(bool wideIn, bool wideOut) => "SwiGluQuantize" + Digit(wideIn) + Digit(wideOut);

    public static string Logits(bool wideIn) => "Logits" + Digit(wideIn);

    /// <summary>No function of the model: stands for MatMulInteger on two parts, and gives the sums of both as one.</summary>
    public const string WholeProduct = "WholeProduct";

    /// <summary>
    /// The kernel that reads whole sums where <paramref name="name"/> reads those of two parts: one part is read so.
    /// </summary>
    public static string? ForWholeSums(string name)
    {
        if (name == Logits(wideIn: true))
        {
            return Logits(wideIn: false);
        }

        foreach (var wideOut in (bool[])[false, true])
        {
            foreach (var kernel in (Func<bool, bool, string>[])[ResidualNormQuantize, FinalNormQuantize, Attention, SwiGluQuantize])
            {
                if (name == kernel(true, wideOut))
                {
                    return kernel(false, wideOut);
                }
            }
        }

        return null;
    }

    private static string Digit(bool wide) => wide ? "2" : "1";
}
