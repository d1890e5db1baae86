namespace NacrithOnnx.Runtime.Bytes;

/// <summary>
/// Predicts a file bit by bit: bit histories of many contexts and a match model, mixed in the logistic domain and refined.
/// </summary>
/// <remarks>
/// <code>
/// contexts > history slots > adaptive maps \
///                                           > mixer (4 weight sets) > refiners > probability
/// match model ----------------------------- /
/// </code>
/// The class of lpaq (Mahoney, 2007), with sparse, record, line and indirect contexts of paq8. Integers only.
/// </remarks>
internal sealed class BytePredictor
{
    /// <summary>Each context gives its log-odds and its plain probability: the second tells sure from unsure states.</summary>
    private const int InputsPerContext = 2;

    private const int BitsPerNibble = 4;
    private const int InputCount = (ContextHasher.Count * InputsPerContext) + (2 * MatchModel.InputCount) + 2;
    private const int MatchInputs = ContextHasher.Count * InputsPerContext;
    private const int OrderZeroInput = MatchInputs + (2 * MatchModel.InputCount);
    private const int BiasInput = OrderZeroInput + 1;

    /// <summary>About the reciprocal of the number of inputs that say something at a time.</summary>
    private const int FirstWeight = MixerKernel.WeightOne / 6;

    private const uint HistoryLimit = 255;
    private const uint OrderZeroLimit = 255;

    private const int ShortMatch = 5;
    private const int LongMatch = 8;

    private readonly HistoryTable _table;
    private readonly ContextHasher _hasher = new();
    private readonly MatchModel _shortMatch;
    private readonly MatchModel _longMatch;
    private readonly Mixer _mixer;
    private readonly ProbabilityRefiner _order1Refiner;
    private readonly ProbabilityRefiner _order2Refiner;
    private readonly uint _refinerMask;
    private readonly uint[] _hashes = new uint[ContextHasher.Count];
    private readonly int[] _slots = new int[ContextHasher.Count];
    private readonly int[] _cells = new int[ContextHasher.Count];
    private readonly uint[] _maps = new uint[ContextHasher.Count * BitHistory.Count];
    private readonly uint[] _orderZero = new uint[256];
    private int _partial = 1;
    private int _bitsLeft = 8;

    /// <summary>Makes a predictor for one input.</summary>
    /// <param name="sizes">Table sizes.</param>
    public BytePredictor(PredictorSizes sizes)
    {
        _table = new HistoryTable(sizes.HistoryBits);
        _shortMatch = new MatchModel(ShortMatch, sizes.MatchBits);
        _longMatch = new MatchModel(LongMatch, sizes.MatchBits);
        _order1Refiner = new ProbabilityRefiner(1 << sizes.RefinerBits);
        _order2Refiner = new ProbabilityRefiner(1 << sizes.RefinerBits);
        _refinerMask = (1u << sizes.RefinerBits) - 1;
        _mixer = new Mixer(InputCount, FirstWeight, 256, 256, 256, MatchModel.LengthClasses * 8, 8 * 16);
        Array.Fill(_orderZero, AdaptiveMap.Initial(Logistic.One / 2));
        for (int i = 0; i < _maps.Length; i++)
        {
            _maps[i] = AdaptiveMap.Initial(BitHistory.Initial[i % BitHistory.Count]);
        }
    }

    /// <summary>Prepares the first bit of the next byte.</summary>
    /// <param name="history">All bytes so far, the same start in every call.</param>
    public void BeginByte(ReadOnlySpan<byte> history)
    {
        _shortMatch.BeginByte(history);
        _longMatch.BeginByte(history);
        var match = _longMatch.Expected != 0 ? _longMatch : _shortMatch;
        _hasher.BeginByte(history, match.Expected, match.LengthClass, _hashes);
        _partial = 1;
        _bitsLeft = 8;
        _table.Find(_hashes, _slots);
    }

    /// <summary>Probability that the next bit is a one.</summary>
    /// <returns>1..65535, out of 65536.</returns>
    public int Predict()
    {
        var inputs = _mixer.Inputs;
        int known = GatherContexts(inputs);
        _shortMatch.Predict(inputs[MatchInputs..], _partial, _bitsLeft);
        _longMatch.Predict(inputs[(MatchInputs + MatchModel.InputCount)..], _partial, _bitsLeft);
        inputs[OrderZeroInput] = Logistic.Stretch((int)(_orderZero[_partial] >> AdaptiveMap.StretchShift));
        inputs[BiasInput] = 1 << Logistic.FractionBits;

        uint last4 = _hasher.Last4;
        int lengthClass = Math.Max(_shortMatch.LengthClass, _longMatch.LengthClass);
        _mixer.Select(0, _partial);
        _mixer.Select(1, (int)(last4 & 0xFF));
        _mixer.Select(2, (lengthClass * 8) + _bitsLeft - 1);
        _mixer.Select(3, (known * 16) + _hasher.RecordPhase);
        int mixed = _mixer.Mix(_partial);

        int order1 = _order1Refiner.Refine(mixed, RefinerContext(last4 & 0xFF));
        int order2 = _order2Refiner.Refine(mixed, RefinerContext(last4 & 0xFFFF));
        int p = ((2 * Logistic.Squash(mixed)) + order1 + order2 + 2) >> 2;
        return Math.Clamp(p, 1, Logistic.One - 1);
    }

    private int RefinerContext(uint bytes)
    {
        uint hash = ((bytes + 1) * 0x9E3779B1) ^ ((uint)_partial * 0x85EBCA6B);
        return (int)((hash ^ (hash >> 16)) & _refinerMask);
    }

    /// <summary>Learns the bit that came.</summary>
    /// <param name="bit">0 or 1.</param>
    public void Update(int bit)
    {
        _mixer.Update(bit);
        _order1Refiner.Update(bit);
        _order2Refiner.Update(bit);
        _shortMatch.Update(bit);
        _longMatch.Update(bit);
        AdaptiveMap.Update(ref _orderZero[_partial], bit, OrderZeroLimit);
        UpdateContexts(bit);
        _partial = (_partial << 1) | bit;
        _bitsLeft--;
        if (_bitsLeft == BitsPerNibble)
        {
            ContextHasher.AddNibble(_hashes, _partial);
            _table.Find(_hashes, _slots);
        }
    }

    /// <summary>Node of the current bit inside its slot: bits of the current nibble, with a leading one.</summary>
    private int Node => _bitsLeft > BitsPerNibble ? _partial : (_partial & (0xF >> _bitsLeft)) | (0x10 >> _bitsLeft);

    /// <summary>Writes the inputs of all contexts.</summary>
    /// <returns>How many of the plain orders have been seen before, 0..<see cref="ContextHasher.Orders"/>.</returns>
    private int GatherContexts(Span<int> inputs)
    {
        ReadOnlySpan<byte> states = _table.States;
        ReadOnlySpan<short> stretch = Logistic.StretchEntries;
        ReadOnlySpan<int> slots = _slots;
        Span<int> cells = _cells.AsSpan(0, slots.Length);
        ReadOnlySpan<uint> maps = _maps;
        int node = Node;
        int known = 0;
        for (int i = 0; i < slots.Length; i++)
        {
            int state = states[slots[i] + node];
            int cell = (i * BitHistory.Count) + state;
            cells[i] = cell;
            int logOdds = 0;
            int plain = 0;
            if (state != 0)
            {
                int p = (int)(maps[cell] >> AdaptiveMap.StretchShift);
                logOdds = stretch[p];
                plain = (p - (1 << (Logistic.StretchBits - 1))) >> 1;
                known += i < ContextHasher.Orders ? 1 : 0;
            }

            inputs[InputsPerContext * i] = logOdds;
            inputs[(InputsPerContext * i) + 1] = plain;
        }

        return known;
    }

    private void UpdateContexts(int bit)
    {
        Span<byte> states = _table.States;
        ReadOnlySpan<byte> next = BitHistory.Next;
        ReadOnlySpan<int> slots = _slots;
        int node = Node;
        for (int i = 0; i < slots.Length; i++)
        {
            AdaptiveMap.Update(ref _maps[_cells[i]], bit, HistoryLimit);
            ref byte state = ref states[slots[i] + node];
            state = next[(2 * state) + bit];
        }
    }
}
