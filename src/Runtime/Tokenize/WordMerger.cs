using System.Buffers;

namespace NacrithOnnx.Runtime.Tokenize;

/// <summary>Byte-pair encoding of one word: merges the neighbouring pair of highest priority, the leftmost of equals,
/// until no pair merges (Sennrich, Haddow and Birch 2016, "Neural Machine Translation of Rare Words with Subword
/// Units"). Lower ids have higher priority.</summary>
internal static class WordMerger
{
    /// <summary>
    /// Up to this many tokens, the search for the best pair scans all of them: quadratic, but without set-up and within
    /// a few cache lines. 99.8 % of the words of alice29.txt and of enwik8-first-512k have fewer than 16 bytes.
    /// </summary>
    public const int MaxScannedLength = 64;

    /// <summary>Low bits of a heap entry: the position in the word.</summary>
    private const int PositionBits = 16;

    /// <summary>Marks a position whose token was merged into the one before it.</summary>
    private const int Gone = -1;

    /// <summary>Merges in place.</summary>
    /// <param name="merges">The merges.</param>
    /// <param name="tokens">Tokens of one word, at most <see cref="WordSplitter.MaxWordLength"/>.</param>
    /// <param name="scratch"><see cref="MaxScannedLength"/> numbers of scratch space.</param>
    /// <returns>The number of tokens left, at the start of <paramref name="tokens"/>.</returns>
    public static int Merge(MergeTable merges, Span<int> tokens, Span<int> scratch) =>
        tokens.Length <= MaxScannedLength ? MergeByScan(merges, tokens, scratch) : MergeByHeap(merges, tokens);

    private static int MergeByScan(MergeTable merges, Span<int> tokens, Span<int> scratch)
    {
        // made[i]: the token that tokens i and i + 1 would merge into.
        var count = tokens.Length;
        var made = scratch[..count];
        for (var i = 0; i + 1 < count; i++)
        {
            made[i] = merges.Find(tokens[i], tokens[i + 1]);
        }

        while (count > 1)
        {
            var at = 0;
            var best = made[0];
            for (var i = 1; i < count - 1; i++)
            {
                if (made[i] < best)
                {
                    best = made[i];
                    at = i;
                }
            }

            if (best == MergeTable.None)
            {
                break;
            }

            tokens[at] = best;
            count--;
            for (var i = at + 1; i < count; i++)
            {
                tokens[i] = tokens[i + 1];
                made[i] = made[i + 1];
            }

            if (at > 0)
            {
                made[at - 1] = merges.Find(tokens[at - 1], best);
            }

            if (at + 1 < count)
            {
                made[at] = merges.Find(best, tokens[at + 1]);
            }
        }

        return count;
    }

    private static int MergeByHeap(MergeTable merges, Span<int> tokens)
    {
        var length = tokens.Length;
        var links = ArrayPool<int>.Shared.Rent(2 * length);

        // A merge removes one entry and adds at most two, so there are never more entries than twice the tokens.
        var entries = ArrayPool<uint>.Shared.Rent(2 * length);
        try
        {
            MergeLinked(merges, tokens, links.AsSpan(0, length), links.AsSpan(length, length), new MinHeap(entries));
        }
        finally
        {
            ArrayPool<int>.Shared.Return(links);
            ArrayPool<uint>.Shared.Return(entries);
        }

        var count = 0;
        foreach (var token in tokens)
        {
            if (token != Gone)
            {
                tokens[count++] = token;
            }
        }

        return count;
    }

    private static void MergeLinked(
        MergeTable merges, Span<int> tokens, Span<int> previous, Span<int> next, MinHeap heap)
    {
        for (var i = 0; i < tokens.Length; i++)
        {
            previous[i] = i - 1;
            next[i] = i + 1;
            if (i + 1 < tokens.Length)
            {
                Offer(merges, tokens, i, i + 1, ref heap);
            }
        }

        while (heap.TryPop(out var entry))
        {
            var id = (int)(entry >> PositionBits);
            var left = (int)(entry & ((1 << PositionBits) - 1));
            var right = next[left];

            // The pair may have changed since its entry was made: it is valid only if the pair still makes that token.
            if (tokens[left] == Gone || right >= tokens.Length || merges.Find(tokens[left], tokens[right]) != id)
            {
                continue;
            }

            tokens[left] = id;
            tokens[right] = Gone;
            next[left] = next[right];
            if (next[left] < tokens.Length)
            {
                previous[next[left]] = left;
                Offer(merges, tokens, left, next[left], ref heap);
            }

            if (previous[left] >= 0)
            {
                Offer(merges, tokens, previous[left], left, ref heap);
            }
        }
    }

    private static void Offer(MergeTable merges, ReadOnlySpan<int> tokens, int left, int right, ref MinHeap heap)
    {
        var id = merges.Find(tokens[left], tokens[right]);
        if (id != MergeTable.None)
        {
            heap.Push(((uint)id << PositionBits) | (uint)left);
        }
    }
}
