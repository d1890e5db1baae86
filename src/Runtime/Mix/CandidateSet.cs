namespace NacrithOnnx.Runtime.Mix;

/// <summary>The distinct tokens proposed for one step.</summary>
internal sealed class CandidateSet
{
    /// <summary>Maximum number of tokens proposed for one step.</summary>
    internal const int Capacity = (PredictorSettings.MaximumContextOrders * ContextSlot.Ways)
        + PredictorSettings.MaximumMatches;

    private readonly Candidate[] _candidates = new Candidate[Capacity];

    // Index of each token's candidate plus one; 0 for all others. Cleared entry by entry.
    private readonly byte[] _places;

    private int _count;

    /// <summary>Creates an empty set.</summary>
    internal CandidateSet(int vocabularySize)
    {
        _places = new byte[vocabularySize];
    }

    /// <summary>The candidates, in the order in which they were proposed.</summary>
    internal Span<Candidate> Items => _candidates.AsSpan(0, _count);

    /// <summary>Empties the set.</summary>
    internal void Clear()
    {
        foreach (ref readonly var candidate in Items)
        {
            _places[candidate.Token] = 0;
        }

        _count = 0;
    }

    /// <summary>Adds a proposal for a token.</summary>
    internal void Propose(int token, in Candidate.Proposal proposal)
    {
        ref var place = ref _places[token];
        if (place == 0)
        {
            _candidates[_count].Token = token;
            _candidates[_count].Count = 0;
            place = (byte)++_count;
        }

        ref var candidate = ref _candidates[place - 1];
        candidate.Proposals[candidate.Count++] = proposal;
    }
}
