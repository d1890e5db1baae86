using System.Runtime.CompilerServices;

namespace NacrithOnnx.Runtime.Mix;

/// <summary>A token that the N-gram or the match model proposes, with all evidence for it.</summary>
internal struct Candidate
{
    /// <summary>Maximum proposals for one token: one per order and one per match.</summary>
    internal const int MaximumProposals = PredictorSettings.MaximumContextOrders + PredictorSettings.MaximumMatches;

    /// <summary>The token.</summary>
    internal int Token;

    /// <summary>Number of proposals.</summary>
    internal int Count;

    /// <summary>Sum of the log-odds, in nats.</summary>
    internal float LogOdds;

    /// <summary>Position of the model's probability between the knots of <see cref="EvidenceTable"/>.</summary>
    internal int Knot;

    /// <summary>See <see cref="Knot"/>.</summary>
    internal float Fraction;

    /// <summary>The proposals.</summary>
    internal List Proposals;

    /// <summary>One proposal.</summary>
    /// <param name="Kind">Kind of evidence, an index of <see cref="EvidenceTable"/>.</param>
    /// <param name="Order">Context order of the slot that made it, or 0.</param>
    /// <param name="Slot">Index of that slot.</param>
    /// <param name="Way">Entry of that slot.</param>
    internal readonly record struct Proposal(int Kind, int Order, int Slot, int Way);

    /// <summary>Inline list of proposals.</summary>
    [InlineArray(MaximumProposals)]
    internal struct List
    {
        private Proposal _first;
    }
}
