namespace NacrithOnnx.Runtime.Mix;

/// <summary>
/// N-gram model over tokens: for every order, exact counts of the successors of the last tokens, in bounded memory
/// (60 bytes · 2^bits per order). All lanes share it.
/// </summary>
/// <remarks>
/// Each pair of context and token also has its own log-odds, learned by gradient: the sparse counterpart of
/// <see cref="BiasHead"/> for one context.
/// </remarks>
internal sealed class TokenContextModel
{
    /// <summary>Kinds of evidence per order.</summary>
    private const int KindsPerOrder = CountClasses * ShareClasses * 2;

    private const int CountClasses = 7;
    private const int ShareClasses = 6;

    // Shorter contexts have too many different successors to guess from.
    private const int LeastGuessOrder = 2;

    // The log-odds of a context stay within ± this many nats.
    private const float Limit = 8f;

    private readonly ContextTable[] _orders;
    private readonly uint[] _hashes;
    private readonly float _rate;
    private readonly float _start;

    /// <summary>Creates an empty model.</summary>
    internal TokenContextModel(PredictorSettings settings)
    {
        _orders = new ContextTable[settings.ContextOrders];
        _hashes = new uint[settings.ContextOrders];
        for (var order = 0; order < _orders.Length; order++)
        {
            _orders[order] = new ContextTable(settings.ContextBits);
        }

        _rate = settings.ContextRate;
        _start = settings.ContextStart;
    }

    /// <summary>Number of kinds of evidence, numbered from 0.</summary>
    internal int Kinds => _orders.Length * KindsPerOrder;

    /// <summary>Proposes the earlier successors of the last tokens; longest context first.</summary>
    internal void Propose(TokenHistory history, CandidateSet candidates)
    {
        var longest = Hash(history);
        for (var order = longest; order >= 1; order--)
        {
            var index = _orders[order - 1].Find(_hashes[order - 1]);
            if (index < 0)
            {
                continue;
            }

            ref readonly var slot = ref _orders[order - 1].Slots[index];
            for (var way = 0; way < ContextSlot.Ways; way++)
            {
                var entry = slot.Successors[way];
                if (entry.Count == 0)
                {
                    continue;
                }

                var kind = ((((order - 1) * CountClasses) + CountClass(entry.Count)) * ShareClasses)
                    + ShareClass(entry.Count, slot.Total);
                kind = (2 * kind) + (entry.Token == slot.Last ? 1 : 0);
                candidates.Propose(entry.Token, new Candidate.Proposal(kind, order, index, way));
            }
        }
    }

    /// <summary>Guesses the next token: the most frequent successor of the longest known context.</summary>
    internal int Guess(TokenHistory history, Span<int> tokens)
    {
        for (var order = Hash(history); order >= LeastGuessOrder; order--)
        {
            var index = _orders[order - 1].Find(_hashes[order - 1]);
            if (index < 0)
            {
                continue;
            }

            ref readonly var slot = ref _orders[order - 1].Slots[index];
            var best = slot.Successors[0];
            for (var way = 1; way < ContextSlot.Ways; way++)
            {
                best = slot.Successors[way].Count > best.Count ? slot.Successors[way] : best;
            }

            tokens[0] = best.Token;
            return 1;
        }

        return 0;
    }

    /// <summary>Log-odds of the context for a token that it proposed, in nats.</summary>
    internal float LogOdds(in Candidate.Proposal proposal) =>
        _orders[proposal.Order - 1].Slots[proposal.Slot].Successors[proposal.Way].LogOdds;

    /// <summary>Moves those log-odds against the error.</summary>
    internal void Learn(in Candidate.Proposal proposal, float error)
    {
        ref var value = ref _orders[proposal.Order - 1].LogOdds(proposal.Slot, proposal.Way);
        var moved = value + (_rate * error);
        moved = moved > -Limit ? moved : -Limit;
        value = moved < Limit ? moved : Limit;
    }

    /// <summary>Counts the actual token; <see cref="Propose"/> with the same history must precede it.</summary>
    /// <param name="history">The tokens before it.</param>
    /// <param name="token">The token.</param>
    /// <param name="surprise">1 minus its share, times the step of the warm-up.</param>
    internal void Count(TokenHistory history, int token, float surprise)
    {
        var longest = Math.Min(_orders.Length, history.Count);
        for (var order = 1; order <= longest; order++)
        {
            _orders[order - 1].Count(_hashes[order - 1], token, _start * surprise);
        }
    }

    /// <summary>Takes the state of another model of the same settings, or forgets everything.</summary>
    /// <param name="origin">The other model, or null.</param>
    /// <param name="onlyChanges">Whether it is the one last reset to, and has not changed since.</param>
    internal void ResetTo(TokenContextModel? origin, bool onlyChanges)
    {
        for (var order = 0; order < _orders.Length; order++)
        {
            _orders[order].ResetTo(origin?._orders[order], onlyChanges);
        }
    }

    /// <summary>Adds the state to a hash.</summary>
    internal void AddTo(ref StateHash hash)
    {
        foreach (var table in _orders)
        {
            foreach (ref readonly var slot in table.Slots)
            {
                if (slot.Total == 0)
                {
                    continue;
                }

                hash.Add(slot.Check);
                hash.Add((uint)slot.Last);
                for (var way = 0; way < ContextSlot.Ways; way++)
                {
                    hash.Add((uint)slot.Successors[way].Token);
                    hash.Add((uint)slot.Successors[way].Count);
                    hash.Add(slot.Successors[way].LogOdds);
                }
            }
        }
    }

    private int Hash(TokenHistory history)
    {
        var tokens = history.Tokens;
        var longest = Math.Min(_orders.Length, tokens.Length);
        var hash = ContextHash.Empty;
        for (var order = 1; order <= longest; order++)
        {
            hash = ContextHash.Extend(hash, tokens[^order]);
            _hashes[order - 1] = hash;
        }

        return longest;
    }

    private static int CountClass(int count) => count switch
    {
        <= 3 => count - 1,
        <= 5 => 3,
        <= 8 => 4,
        <= 16 => 5,
        _ => CountClasses - 1,
    };

    // Shares below 10, 25, 45, 70 and 97 %, and above.
    private static int ShareClass(int count, int total)
    {
        var percent = 100 * count / total;
        return percent < 10 ? 0 : percent < 25 ? 1 : percent < 45 ? 2 : percent < 70 ? 3 : percent < 97 ? 4 : 5;
    }
}
