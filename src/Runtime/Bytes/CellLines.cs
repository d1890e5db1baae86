using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using NacrithOnnx.Runtime.Kernels;

namespace NacrithOnnx.Runtime.Bytes;

/// <summary>Adaptive probabilities in cache lines: 15 nodes of the binary tree of four bits, and an unused cell.</summary>
internal sealed class CellLines
{
    /// <summary>log2 of <see cref="CellsPerLine"/>.</summary>
    public const int LineBits = 4;

    /// <summary>Cells of a line; that of node n is n.</summary>
    public const int CellsPerLine = 1 << LineBits;

    private readonly uint[] _cells;
    private readonly int _start;

    /// <summary>Creates lines of cells that have seen nothing.</summary>
    public CellLines(int lines)
    {
        _cells = GC.AllocateUninitializedArray<uint>((lines + 1) << LineBits, pinned: true);
        _start = (int)(-Marshal.UnsafeAddrOfPinnedArrayElement(_cells, 0) & (CacheLine.Size - 1)) / sizeof(uint);
        Array.Fill(_cells, AdaptiveMap.Initial(Logistic.One / 2));
    }

    /// <summary>A cell.</summary>
    /// <param name="index"><see cref="FirstCell"/> of the line, plus a node.</param>
    public ref uint this[int index]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref _cells[_start + index];
    }

    /// <summary>Index of the first cell of a line.</summary>
    public static int FirstCell(int line) => line << LineBits;

    /// <summary>Prefetches a line that is needed soon.</summary>
    public void Prefetch(int line) => CacheLine.Prefetch(ref this[FirstCell(line)]);
}
