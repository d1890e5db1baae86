using System.Runtime.CompilerServices;

namespace NacrithOnnx.Runtime.Mix;

/// <summary>Exact counts of the most frequent successors of one context.</summary>
internal struct ContextSlot
{
    /// <summary>Number of successors stored. With four, a slot takes 60 bytes.</summary>
    internal const int Ways = 4;

    /// <summary>Counts are halved at this limit, so that a context adapts to changes of the text.</summary>
    private const int CountLimit = 200;

    /// <summary>The whole hash of the context, to detect another context in the same slot.</summary>
    internal uint Check;

    /// <summary>The most recent successor.</summary>
    internal int Last;

    /// <summary>Sum of the counts; 0 means the slot is free.</summary>
    internal int Total;

    /// <summary>The successors.</summary>
    internal Entries Successors;

    /// <summary>Counts a successor; a new one replaces the rarest.</summary>
    /// <param name="token">The successor.</param>
    /// <param name="initial">Initial log-odds if it is new.</param>
    internal void Count(int token, float initial)
    {
        Last = token;
        var rarest = 0;
        for (var way = 0; way < Ways; way++)
        {
            if (Successors[way].Count != 0 && Successors[way].Token == token)
            {
                Total++;
                if (++Successors[way].Count > CountLimit)
                {
                    Halve();
                }

                return;
            }

            if (Successors[way].Count < Successors[rarest].Count)
            {
                rarest = way;
            }
        }

        Total += 1 - Successors[rarest].Count;
        Successors[rarest] = new ContextEntry { Token = token, Count = 1, LogOdds = initial };
    }

    private void Halve()
    {
        Total = 0;
        for (var way = 0; way < Ways; way++)
        {
            Successors[way].Count /= 2;
            Total += Successors[way].Count;
        }
    }

    /// <summary>Inline list of the successors of a slot.</summary>
    [InlineArray(Ways)]
    internal struct Entries
    {
        private ContextEntry _first;
    }
}
