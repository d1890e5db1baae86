using System.Numerics;

namespace NacrithOnnx.Runtime.Onnx.Cuda;

/// <summary>
/// What decides the shapes of a call. There are few, so that memory is planned and, later, CUDA graphs are captured for
/// each once: the tokens of a lane are padded to a power of two.
/// </summary>
/// <param name="Count">Tokens of each lane, with padding.</param>
/// <param name="Kept">Tokens of each lane that need logits.</param>
/// <param name="Rows">Rows of the cache.</param>
internal readonly record struct CallShape(int Count, int Kept, int Rows)
{
    /// <summary>Longer calls are padded to a multiple of this.</summary>
    private const int LongMultiple = 256;

    /// <summary>Most tokens that are added to a lane.</summary>
    public const int MaxPadding = LongMultiple - 1;

    /// <summary>Tokens of a call with padding.</summary>
    public static int Padded(int count) => count > LongMultiple
        ? (count + LongMultiple - 1) / LongMultiple * LongMultiple
        : (int)BitOperations.RoundUpToPowerOf2((uint)count);
}
