using System.Runtime.CompilerServices;

namespace NacrithOnnx.Runtime.Bytes;

/// <summary>Probabilities kept for contexts of no, one and two bytes themselves, without histories between.</summary>
/// <remarks>
/// A history forgets, so that it follows data that changes; a count does not, and is what data that stays the same wants:
/// digits, keys, genes.
/// </remarks>
internal sealed class DirectModels
{
    /// <summary>Inputs given to the mixer.</summary>
    public const int InputCount = 3;

    /// <summary>The longest memory there is.</summary>
    private const uint CountLimit = 1023;

    /// <summary>Pairs change their ways.</summary>
    private const uint PairLimit = 255;

    private readonly uint[] _orderZero = New(1 << 8);
    private readonly uint[] _orderOne = New(1 << 16);
    private readonly uint[] _orderTwo;
    private readonly int _pairShift;
    private int _zero;
    private int _one;
    private int _two;

    /// <summary>Makes models that know nothing.</summary>
    /// <param name="pairBits">log2 of the cells for pairs of bytes.</param>
    public DirectModels(int pairBits)
    {
        _orderTwo = New(1 << pairBits);
        _pairShift = 32 - pairBits;
    }

    /// <summary>Writes the inputs for the coming bit.</summary>
    /// <param name="inputs"><see cref="InputCount"/> log-odds.</param>
    /// <param name="last4">The last four bytes, the latest in the low byte.</param>
    /// <param name="partial">Bits of the current byte so far, with a leading one.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Predict(Span<int> inputs, uint last4, int partial)
    {
        _zero = partial;
        _one = (int)((last4 & 0xFF) << 8) | partial;
        _two = (int)((((last4 & 0xFFFF) * 0x9E3779B1) ^ ((uint)partial * 0x85EBCA6B)) >> _pairShift);
        inputs[2] = Logistic.Stretch((int)(_orderTwo[_two] >> AdaptiveMap.StretchShift));
        inputs[1] = Logistic.Stretch((int)(_orderOne[_one] >> AdaptiveMap.StretchShift));
        inputs[0] = Logistic.Stretch((int)(_orderZero[_zero] >> AdaptiveMap.StretchShift));
    }

    /// <summary>Learns the bit that came.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Update(int bit)
    {
        AdaptiveMap.Update(ref _orderZero[_zero], bit, CountLimit);
        AdaptiveMap.Update(ref _orderOne[_one], bit, CountLimit);
        AdaptiveMap.Update(ref _orderTwo[_two], bit, PairLimit);
    }

    private static uint[] New(int count)
    {
        var cells = new uint[count];
        Array.Fill(cells, AdaptiveMap.Initial(Logistic.One / 2));
        return cells;
    }
}
