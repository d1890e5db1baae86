using System.Runtime.CompilerServices;

namespace NacrithOnnx.Runtime.Mix;

/// <summary>What followed one context: exact counts of its most frequent successors.</summary>
internal struct ContextSlot
{
    /// <summary>Successors remembered. Four make the slot one cache line.</summary>
    internal const int Ways = 4;

    /// <summary>Counts are halved at this point, so that a context follows a text that changes.</summary>
    private const int CountLimit = 200;

    /// <summary>The whole hash of the context: another context in the same slot is noticed.</summary>
    internal uint Check;

    /// <summary>The most recent successor.</summary>
    internal int Last;

    /// <summary>Sum of the counts; 0 means the slot is free.</summary>
    internal int Total;

    /// <summary>The successors.</summary>
    internal Entries Successors;

    /// <summary>Counts one more successor; a new one takes the place of the rarest.</summary>
    /// <param name="token">The successor.</param>
    /// <param name="initial">Log-odds it starts with if it is new.</param>
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

    /// <summary>The successors of a slot, in place.</summary>
    [InlineArray(Ways)]
    internal struct Entries
    {
        private ContextEntry _first;
    }
}
