using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NacrithOnnx.Tests.Kernels;

/// <summary>Calls that <see cref="ExactArithmeticTests"/> must see, and two that it must not mind.</summary>
internal static class InexactSamples
{
    public static double Scalar(double x) => Math.Exp(x) + Math.Sqrt(x);

    public static float Vector(Vector128<float> x) => Vector128.Sum(Vector128.Sin(x)) + Vector128.Sum(x.AsInt32());

    public static Vector128<float> Intrinsic(Vector128<float> x) => Fma.MultiplyAdd(x, x, Sse.Reciprocal(x));
}
