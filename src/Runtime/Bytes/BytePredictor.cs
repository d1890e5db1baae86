using System.Runtime.CompilerServices;

namespace NacrithOnnx.Runtime.Bytes;

/// <summary>
/// Predicts a file bit by bit: bit histories of many contexts and match models, mixed in the logistic domain and
/// refined.
/// </summary>
/// <remarks>
/// <code>
/// contexts > history slots > adaptive maps \
///                                           > mixer (4 weight sets) > refiners > probability
/// match model ----------------------------- /
/// </code>
/// Of the lpaq class (Mahoney, 2007), with sparse, record, line and indirect contexts of paq8. Integers only.
/// Compiled fully optimised from the start: waiting for tiered compilation took longer than coding 250 KB.
/// </remarks>
internal sealed class BytePredictor
{
    private const int BitsPerNibble = 4;
    private const int MatchInputs = ContextModels.InputCount;
    private const int DirectInputs = MatchInputs + (2 * MatchModel.InputCount);
    private const int BiasInput = DirectInputs + DirectModels.InputCount;

    /// <summary>Happens to be a multiple of <see cref="MixerKernel.Lane"/>.</summary>
    private const int InputCount = BiasInput + 1;

    private const int ShortMatch = 5;
    private const int LongMatch = 8;

    private readonly ContextModels _contexts;
    private readonly ContextHasher _hasher = new();
    private readonly MatchModel _shortMatch;
    private readonly MatchModel _longMatch;
    private readonly DirectModels _direct;
    private readonly Mixer _mixer;
    private readonly ProbabilityRefiner _order1Refiner;
    private readonly ProbabilityRefiner _order2Refiner;
    private readonly uint _refinerMask;
    private readonly uint[] _hashes = new uint[ContextHasher.Count];
    private int _partial = 1;
    private int _bitsLeft;

    /// <summary>Creates a predictor for one input.</summary>
    /// <param name="sizes">Table sizes.</param>
    /// <param name="profile">Its initial weights and rates.</param>
    public BytePredictor(PredictorSizes sizes, ByteProfile profile)
    {
        _contexts = new ContextModels(sizes.HistoryBits);
        _shortMatch = new MatchModel(ShortMatch, sizes.MatchBits);
        _longMatch = new MatchModel(LongMatch, sizes.MatchBits);
        _direct = new DirectModels(sizes.PairBits);
        _order1Refiner = new ProbabilityRefiner(1 << sizes.RefinerBits);
        _order2Refiner = new ProbabilityRefiner(1 << sizes.RefinerBits);
        _refinerMask = (1u << sizes.RefinerBits) - 1;
        _mixer = new Mixer(
            FirstWeights(profile), profile.FirstRate, profile.LastRate, 256, 256, MatchModel.LengthClasses * 8, 8 * 16);
    }

    /// <summary>Prepares the first bit.</summary>
    public void Begin()
    {
        Announce([]);
        Match([]);
        Select();
    }

    /// <summary>Probability that the next bit is a one.</summary>
    /// <returns>1..65535, out of 65536.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int Predict()
    {
        var inputs = _mixer.Inputs;
        var last4 = _hasher.Last4;
        var first = RefinerContext(last4 & 0xFF);
        var second = RefinerContext(last4 & 0xFFFF);
        _order1Refiner.Prefetch(first);
        _order2Refiner.Prefetch(second);
        var node = Node;
        _contexts.Look(inputs, node);
        _shortMatch.Predict(inputs[MatchInputs..], _partial, _bitsLeft);
        _longMatch.Predict(inputs[(MatchInputs + MatchModel.InputCount)..], _partial, _bitsLeft);
        _direct.Predict(inputs[DirectInputs..], node);
        inputs[BiasInput] = 1 << Logistic.FractionBits;
        var known = _contexts.Complete(inputs);

        var lengthClass = Math.Max(_shortMatch.LengthClass, _longMatch.LengthClass);
        _mixer.Select(0, _partial);
        _mixer.Select(1, (int)(last4 & 0xFF));
        _mixer.Select(2, (lengthClass * 8) + _bitsLeft - 1);
        _mixer.Select(3, (known * 16) + _hasher.RecordPhase);
        var mixed = _mixer.Mix();

        var order1 = _order1Refiner.Refine(mixed, first);
        var order2 = _order2Refiner.Refine(mixed, second);
        var p = ((2 * Logistic.Squash(mixed)) + order1 + order2 + 2) >> 2;
        return Math.Clamp(p, 1, Logistic.One - 1);
    }

    private static int[] FirstWeights(ByteProfile profile)
    {
        // Plain probabilities and the bias start with zero weight: only log-odds are useful from the start.
        var weights = new int[InputCount];
        weights.AsSpan(0, ContextModels.Count).Fill(profile.Context);
        weights[MatchInputs] = profile.Match;
        weights[MatchInputs + MatchModel.InputCount] = profile.Match;
        weights[DirectInputs] = profile.OrderZero;
        weights[DirectInputs + 1] = profile.OrderOne;
        weights[DirectInputs + 2] = profile.OrderTwo;
        return weights;
    }

    private int RefinerContext(uint bytes)
    {
        var hash = ((bytes + 1) * 0x9E3779B1) ^ ((uint)_partial * 0x85EBCA6B);
        return (int)((hash ^ (hash >> 16)) & _refinerMask);
    }

    /// <summary>Learns the actual bit, and prepares the next.</summary>
    /// <param name="bit">0 or 1.</param>
    /// <param name="history">After the last bit of a byte, all bytes so far, this one included; else not used.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Update(int bit, ReadOnlySpan<byte> history)
    {
        // What the next half byte needs is fetched from memory while the models learn.
        var node = Node;
        _partial = (_partial << 1) | bit;
        _bitsLeft--;
        if (_bitsLeft == BitsPerNibble)
        {
            ContextHasher.AddNibble(_hashes, _partial);
            _contexts.Prefetch(_hashes);
            _direct.Prefetch(_hasher.Last4, _partial);
        }
        else if (_bitsLeft == 0)
        {
            Announce(history);
        }

        _mixer.Update(bit);
        _order1Refiner.Update(bit);
        _order2Refiner.Update(bit);
        _shortMatch.Update(bit);
        _longMatch.Update(bit);
        if (_bitsLeft == 0)
        {
            Match(history);
        }

        _direct.Update(bit);
        _contexts.Update(bit, node);
        if (_bitsLeft == BitsPerNibble || _bitsLeft == 0)
        {
            Select();
        }
    }

    /// <summary>Hashes the contexts of the next byte, except that of the matches.</summary>
    private void Announce(ReadOnlySpan<byte> history)
    {
        _shortMatch.Prefetch(history);
        _longMatch.Prefetch(history);
        _hasher.BeginByte(history, _hashes);
        _contexts.Prefetch(_hashes);
        _direct.Prefetch(_hasher.Last4, partial: 1);
    }

    /// <summary>Finds the matches of the next byte, and hashes their context.</summary>
    private void Match(ReadOnlySpan<byte> history)
    {
        _shortMatch.BeginByte(history);
        _longMatch.BeginByte(history);
        var match = _longMatch.Expected != 0 ? _longMatch : _shortMatch;
        _contexts.Prefetch(_hasher.Expect(match.Expected, match.LengthClass, _hashes));
    }

    /// <summary>Selects the slots and cells of the next half byte.</summary>
    private void Select()
    {
        if (_bitsLeft == 0)
        {
            _partial = 1;
            _bitsLeft = 8;
        }

        _contexts.Select(_hashes);
        _direct.Select(_hasher.Last4, _partial);
    }

    /// <summary>Node of the current bit inside its slot: bits of the current nibble after a leading one.</summary>
    private int Node => _bitsLeft > BitsPerNibble ? _partial : (_partial & (0xF >> _bitsLeft)) | (0x10 >> _bitsLeft);
}
