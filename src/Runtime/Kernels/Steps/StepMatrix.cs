using System.Runtime.InteropServices;

namespace NacrithOnnx.Runtime.Kernels.Steps;

/// <summary>The packed weights of a matrix product, with the scales of its outputs.</summary>
internal sealed unsafe class StepMatrix : IDisposable
{
    /// <summary>Inputs that are read at once: their quads are 1.5 KiB of a panel, whole lines.</summary>
    private const int InputsAtOnce = 64;

    private readonly float[] _scales;
    private readonly NativeBlock _memory;

    /// <summary>Reads and packs a matrix.</summary>
    /// <param name="inputs">Number of inputs, a multiple of 4.</param>
    /// <param name="scales">Scale of each output, pinned.</param>
    /// <param name="isWide">Whether the activations have two parts.</param>
    /// <param name="read">Reads its weights.</param>
    public StepMatrix(int inputs, float[] scales, bool isWide, RowReader read)
    {
        _scales = scales;
        IsWide = isWide;
        var length = QuadMatrix.Length(inputs, scales.Length);
        var offsets = (long)QuadMatrix.PanelsOf(scales.Length) * QuadMatrix.Side * sizeof(int);
        _memory = new NativeBlock(length + offsets);
        Weights = new QuadMatrix
        {
            Bytes = (sbyte*)_memory.Pointer,
            Offsets = (int*)(_memory.Pointer + length),
            Inputs = inputs,
            Outputs = scales.Length,
        };
        try
        {
            Pack(read);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public QuadMatrix Weights { get; }

    /// <summary>Scale of each output.</summary>
    public float* Scales => (float*)Marshal.UnsafeAddrOfPinnedArrayElement(_scales, 0);

    /// <summary>Whether the activations have two parts.</summary>
    public bool IsWide { get; }

    /// <summary>Zero point of the activations.</summary>
    public int ZeroPoint => IsWide ? ExactArithmetic.WideZeroPoint : ExactArithmetic.NarrowZeroPoint;

    public void Dispose() => _memory.Dispose();

    private void Pack(RowReader read)
    {
        var weights = Weights;
        var rows = new sbyte[Math.Min(InputsAtOnce, weights.Inputs) * weights.Outputs];
        fixed (sbyte* source = rows)
        {
            for (var first = 0; first < weights.Inputs; first += InputsAtOnce)
            {
                var count = Math.Min(InputsAtOnce, weights.Inputs - first);
                read(first, rows.AsSpan(0, count * weights.Outputs));
                QuadPacking.Pack(source, first, count, in weights);
            }
        }

        QuadPacking.SetOffsets(in weights, ZeroPoint);
    }
}
