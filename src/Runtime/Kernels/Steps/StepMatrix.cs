using System.Runtime.InteropServices;
using NacrithOnnx.Runtime.Kernels.Simd;

namespace NacrithOnnx.Runtime.Kernels.Steps;

/// <summary>
/// The packed weights of a matrix product, with the scales of its outputs. Activations are bytes in one part or two, or whole
/// int16; the form of the weights goes with them.
/// </summary>
internal sealed unsafe class StepMatrix : IDisposable
{
    /// <summary>Inputs that are read at once: a panel of them is 1.5 or 2 KiB, whole lines.</summary>
    private const int InputsAtOnce = 64;

    private readonly float[] _scales;
    private readonly NativeBlock _memory;

    // Two views of the memory; IsWhole says which of them holds.
    private readonly QuadMatrix _quads;
    private readonly PackedMatrix _pairs;

    /// <summary>Reads and packs a matrix.</summary>
    /// <param name="inputs">Number of inputs, a multiple of 4.</param>
    /// <param name="scales">Scale of each output, pinned.</param>
    /// <param name="isWide">Whether the activations have two parts.</param>
    /// <param name="isWhole">Whether they are multiplied as int16.</param>
    /// <param name="read">Reads its weights.</param>
    public StepMatrix(int inputs, float[] scales, bool isWide, bool isWhole, RowReader read)
    {
        _scales = scales;
        Inputs = inputs;
        IsWide = isWide;
        IsWhole = isWhole;
        var length = (long)inputs * PaddedOutputs;
        _memory = new NativeBlock(length + (PaddedOutputs * sizeof(int)));
        var bytes = (sbyte*)_memory.Pointer;
        _pairs = new PackedMatrix { Bytes = bytes, Inputs = inputs, Outputs = Outputs };
        _quads = new QuadMatrix { Bytes = bytes, Offsets = (int*)(bytes + length), Inputs = inputs, Outputs = Outputs };
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

    public int Inputs { get; }

    public int Outputs => _scales.Length;

    /// <summary>Outputs of a panel.</summary>
    public int PanelWidth => IsWhole ? PackedMatrix.Side : QuadMatrix.Side;

    public int Panels => (Outputs + PanelWidth - 1) / PanelWidth;

    /// <summary>Outputs with those that fill the last panel.</summary>
    public int PaddedOutputs => Panels * PanelWidth;

    /// <summary>Scale of each output.</summary>
    public float* Scales => (float*)Marshal.UnsafeAddrOfPinnedArrayElement(_scales, 0);

    /// <summary>Whether the activations have two parts, or the magnitude of two parts.</summary>
    public bool IsWide { get; }

    /// <summary>Whether they are multiplied as int16.</summary>
    public bool IsWhole { get; }

    /// <summary>Whether activations and sums are in two parts.</summary>
    public bool HasParts => IsWide && !IsWhole;

    /// <summary>Zero point of activations in bytes.</summary>
    public int ZeroPoint => IsWide ? ExactArithmetic.WideZeroPoint : ExactArithmetic.NarrowZeroPoint;

    /// <summary>
    /// Whether whole activations are faster: where there is no VPDPBUSD, and where VPMADDWD multiplies 32 int16 at once, so that
    /// two parts would take twice as long by the 256-bit VPDPBUSD, the only one of .NET 10.
    /// </summary>
    public static bool PrefersWhole(bool isWide, KernelWidth width) =>
        !QuadPanel.IsFast || (isWide && width == KernelWidth.Vector512);

    /// <summary>sums = activations · panel, the integers of MatMulInteger.</summary>
    /// <param name="activations">int16 or bytes [rows, inputs]; with two parts of bytes the high rows come first.</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="panel">Number of the panel.</param>
    /// <param name="sums">Receives the sums of the panel's outputs; with two parts the high rows come first.</param>
    /// <param name="stride">Sums from row to row.</param>
    public void Multiply<TPairs>(byte* activations, int rows, int panel, int* sums, int stride)
        where TPairs : struct, IPairLanes<TPairs>
    {
        if (IsWhole)
        {
            PackedProduct<TPairs>.Multiply((short*)activations, Inputs, rows, in _pairs, panel, sums, stride);
        }
        else
        {
            QuadPanel.Multiply(activations, HasParts ? 2 * rows : rows, in _quads, panel, sums, stride);
        }
    }

    /// <summary>Weights of an output, times its scale.</summary>
    /// <param name="output">Number of the output.</param>
    /// <param name="target">Receives [inputs].</param>
    public void Column(int output, float* target)
    {
        var together = IsWhole ? 2 : QuadMatrix.Quad;
        var source = _pairs.Bytes + ((nint)(output / PanelWidth) * PanelWidth * Inputs) + (output % PanelWidth * together);
        for (var i = 0; i < Inputs; i += together, source += PanelWidth * together)
        {
            for (var j = 0; j < together; j++)
            {
                target[i + j] = source[j] * _scales[output];
            }
        }
    }

    public void Dispose() => _memory.Dispose();

    private void Pack(RowReader read)
    {
        var rows = new sbyte[Math.Min(InputsAtOnce, Inputs) * Outputs];
        fixed (sbyte* source = rows)
        {
            for (var first = 0; first < Inputs; first += InputsAtOnce)
            {
                var count = Math.Min(InputsAtOnce, Inputs - first);
                read(first, rows.AsSpan(0, count * Outputs));
                for (var panel = 0; panel < Panels; panel++)
                {
                    if (IsWhole)
                    {
                        PairPacking.Pack(source, first, count, in _pairs, panel);
                    }
                    else
                    {
                        QuadPacking.Pack(source, first, count, in _quads, panel);
                    }
                }
            }
        }

        if (!IsWhole)
        {
            QuadPacking.SetOffsets(in _quads, ZeroPoint);
        }
    }
}
