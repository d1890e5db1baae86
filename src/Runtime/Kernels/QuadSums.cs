using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NacrithOnnx.Runtime.Kernels;

/// <summary>What <see cref="StepAttentionWork{TFloat,TInt}"/> makes of the sums of a <see cref="QuadTile"/>.</summary>
internal static unsafe class QuadSums
{
    private const int Side = QuadTile.Side;
    private const int HalfSide = Side / 2;

    /// <summary>Sums in a vector.</summary>
    private const int Count = 8;

    /// <summary>Scores of a tile: ((high · 128 + low − offset) · scale) · scale of the key.</summary>
    /// <param name="sums">Sums of a query's high parts, then of its low parts, columns interleaved.</param>
    /// <param name="offset">What the offset of the keys adds.</param>
    /// <param name="scale">Scale of the query.</param>
    /// <param name="keyScales">Scales of the 64 keys.</param>
    /// <param name="scores">Receives 64 scores.</param>
    public static void Scores(int* sums, int offset, float scale, float* keyScales, float* scores)
    {
        var less = Vector256.Create(offset);
        for (var half = 0; half < Side; half += HalfSide)
        {
            var v0 = Join(sums + half) - less;
            var v1 = Join(sums + half + Count) - less;
            var v2 = Join(sums + half + (2 * Count)) - less;
            var v3 = Join(sums + half + (3 * Count)) - less;
            Score(Vector256.Create(v0.GetLower(), v1.GetLower()), scale, keyScales + half, scores + half);
            Score(Vector256.Create(v2.GetLower(), v3.GetLower()), scale, keyScales + half + Count, scores + half + Count);
            Score(Vector256.Create(v0.GetUpper(), v1.GetUpper()), scale, keyScales + half + (2 * Count), scores + half + (2 * Count));
            Score(Vector256.Create(v2.GetUpper(), v3.GetUpper()), scale, keyScales + half + (3 * Count), scores + half + (3 * Count));
        }
    }

    /// <summary>Output of a head: (high · 128 + low + weight · value of the new position) · back, rounded before the last product.</summary>
    /// <param name="sums">Sums of the weights' high parts, then of their low parts, columns interleaved; ends in order.</param>
    /// <param name="newWeight">Weight of the new position.</param>
    /// <param name="newValue">Its value [64].</param>
    /// <param name="back">What turns the sum into a float.</param>
    /// <param name="output">Receives 64 floats.</param>
    public static void Values(int* sums, int newWeight, sbyte* newValue, float back, float* output)
    {
        var low = sums + Side;
        QuadTile.Straighten(sums);
        QuadTile.Straighten(low);
        var unit = Vector256.Create((double)(1 << ExactArithmetic.PartBits));
        for (var i = 0; i < Side; i += 4)
        {
            // A double holds the sum exactly, so this rounds once; low sums and the new product fit in an int32 together.
            var rest = Vector128.Load(low + i) + (Sse41.ConvertToVector128Int32(newValue + i) * newWeight);
            var total = (Avx.ConvertToVector256Double(Vector128.Load(sums + i)) * unit) + Avx.ConvertToVector256Double(rest);
            (Avx.ConvertToVector128Single(total) * back).Store(output + i);
        }
    }

    private static Vector256<int> Join(int* high) =>
        (Vector256.Load(high) << ExactArithmetic.PartBits) + Vector256.Load(high + Side);

    private static void Score(Vector256<int> sums, float scale, float* keyScales, float* scores) =>
        (Vector256.ConvertToSingle(sums) * scale * Vector256.Load(keyScales)).Store(scores);
}
