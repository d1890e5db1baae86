using System.Runtime.CompilerServices;

namespace NacrithOnnx.Runtime.Bytes;

/// <summary>Probabilities stored directly for contexts of zero, one and two bytes, without bit histories.</summary>
/// <remarks>
/// A history forgets, so it follows data that changes. A count does not, and suits stationary data: digits, keys,
/// genes. As in <see cref="HistoryTable"/>, the cells of a context and half byte are one cache line: scattered cells of
/// pairs took a ninth of the coder's time.
/// </remarks>
internal sealed class DirectModels
{
    /// <summary>Number of inputs for the mixer.</summary>
    public const int InputCount = 3;

    /// <summary>The longest memory possible.</summary>
    private const uint CountLimit = 1023;

    /// <summary>Shorter, because pairs are less stationary.</summary>
    private const uint PairLimit = 255;

    /// <summary>Lines of a byte: one for its first half, one for each value of its second.</summary>
    private const int LinesPerByte = 1 + CellLines.CellsPerLine;

    private readonly CellLines _orderZero = new(LinesPerByte);
    private readonly CellLines _orderOne = new(LinesPerByte * 256);
    private readonly CellLines _orderTwo;
    private readonly int _lineShift;
    private int _node = 1;
    private int _zero;
    private int _one;
    private int _two;

    /// <summary>Creates empty models.</summary>
    /// <param name="pairBits">log2 of the cells for pairs of bytes.</param>
    public DirectModels(int pairBits)
    {
        _orderTwo = new CellLines(1 << (pairBits - CellLines.LineBits));
        _lineShift = 32 - pairBits + CellLines.LineBits;
    }

    /// <summary>Prefetches the lines of the next half byte.</summary>
    /// <param name="last4">The last four bytes, the latest in the low byte.</param>
    /// <param name="partial">1, or the first half of the byte with a leading one.</param>
    public void Prefetch(uint last4, int partial)
    {
        _orderOne.Prefetch(OneLine(last4, partial));
        _orderTwo.Prefetch(TwoLine(last4, partial));
    }

    /// <summary>Selects the lines of the next half byte.</summary>
    /// <param name="last4">As in <see cref="Prefetch"/>.</param>
    /// <param name="partial">As in <see cref="Prefetch"/>.</param>
    public void Select(uint last4, int partial)
    {
        _zero = CellLines.FirstCell(LineOf(partial));
        _one = CellLines.FirstCell(OneLine(last4, partial));
        _two = CellLines.FirstCell(TwoLine(last4, partial));
    }

    /// <summary>Writes the inputs for the next bit.</summary>
    /// <param name="inputs"><see cref="InputCount"/> log-odds.</param>
    /// <param name="node">Bits of the current half byte with a leading one, 1..15.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Predict(Span<int> inputs, int node)
    {
        _node = node;
        inputs[2] = Logistic.Stretch((int)(_orderTwo[_two + node] >> AdaptiveMap.StretchShift));
        inputs[1] = Logistic.Stretch((int)(_orderOne[_one + node] >> AdaptiveMap.StretchShift));
        inputs[0] = Logistic.Stretch((int)(_orderZero[_zero + node] >> AdaptiveMap.StretchShift));
    }

    /// <summary>Learns the actual bit.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Update(int bit)
    {
        AdaptiveMap.Update(ref _orderZero[_zero + _node], bit, CountLimit);
        AdaptiveMap.Update(ref _orderOne[_one + _node], bit, CountLimit);
        AdaptiveMap.Update(ref _orderTwo[_two + _node], bit, PairLimit);
    }

    /// <summary>0 for a first half, 1..16 for a second.</summary>
    private static int LineOf(int partial) => Math.Max(partial - CellLines.CellsPerLine + 1, 0);

    private static int OneLine(uint last4, int partial) => ((int)(last4 & 0xFF) * LinesPerByte) + LineOf(partial);

    private int TwoLine(uint last4, int partial) =>
        (int)((((last4 & 0xFFFF) * 0x9E3779B1) ^ ((uint)partial * 0x85EBCA6B)) >> _lineShift);
}
