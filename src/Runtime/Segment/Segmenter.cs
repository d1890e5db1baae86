using NacrithOnnx.Format;

namespace NacrithOnnx.Runtime.Segment;

/// <summary>Divides a block into regions for the language model, the byte coder, and storing.</summary>
/// <remarks>
/// The block is read in windows of 512 bytes. For each window <see cref="CostModel"/> estimates the bits every coder would
/// need; a switch of coders has a price too. The cheapest sequence is found by dynamic programming (Viterbi), which bridges
/// short gaps and keeps regions long by itself. Then boundaries of text are moved to the byte. Integers only, O(n).
/// </remarks>
internal static class Segmenter
{
    /// <summary>Small enough for a tar header between two files, large enough to count in.</summary>
    private const int WindowLength = 512;

    /// <summary>Header bytes of a region and what a coder has to learn anew, about 80 bytes.</summary>
    private const int SwitchCost = 640 * CostModel.Bit;

    /// <summary>One control byte says more than one printable byte: a third of random data is printable by accident.</summary>
    private const int ControlWeight = 4;

    // In this order, because the first of equal coders wins: the quickest.
    private const int Stored = 0;
    private const int Bytes = 1;
    private const int Text = 2;

    /// <summary>Text too, but its own region, so that a transform can turn it into UTF-8.</summary>
    private const int WideText = Text + 1;

    private const int Coders = WideText + 1;

    /// <summary>Divides a block.</summary>
    /// <param name="block">Any bytes.</param>
    /// <returns>Regions in order that cover the block exactly; neighbours differ in coder or in encoding. None for an
    /// empty block.</returns>
    public static IReadOnlyList<Stretch> Split(ReadOnlySpan<byte> block)
    {
        if (block.IsEmpty)
        {
            return [];
        }

        // A block in another encoding can be in any script, which the counts of a window cannot see.
        if (WideBlock.TrySplit(block) is { } wide)
        {
            return wide;
        }

        if (LegacyText.Find(block) is not null)
        {
            return [new Stretch(RegionKind.Text, 0, block.Length)];
        }

        // A block cut every 512 bytes would have more regions than a frame may: then switching gets dearer until it fits.
        List<Stretch> regions;
        var switchCost = SwitchCost;
        do
        {
            regions = ToRegions(block, CheapestCoders(block, switchCost));
            switchCost *= 2;
        }
        while (regions.Count > FormatConstants.MaxRegions);

        return regions;
    }

    private static byte[] CheapestCoders(ReadOnlySpan<byte> block, int switchCost)
    {
        var windows = ((block.Length - 1) / WindowLength) + 1;
        var scanner = new TextScanner(block);
        var followers = new FollowerTable();
        var previous = new byte[windows * Coders];
        Span<long> best = stackalloc long[Coders];
        Span<int> cost = stackalloc int[Coders];
        best.Clear();
        for (var i = 0; i < windows; i++)
        {
            var start = i * WindowLength;
            var bytes = block.Slice(start, Math.Min(WindowLength, block.Length - start));
            var window = new WindowStatistics { Length = bytes.Length };
            scanner.Scan(start + bytes.Length, ref window);
            Count(bytes, followers, ref window);
            cost[Stored] = bytes.Length * CostModel.StoredByte;
            cost[Bytes] = CostModel.Bytes(window);
            cost[Text] = CostModel.Text(window);
            cost[WideText] = CostModel.Utf16(window);
            Advance(best, cost, switchCost, previous.AsSpan(i * Coders, Coders));
        }

        return Trace(best, previous, windows);
    }

    private static void Count(ReadOnlySpan<byte> bytes, FollowerTable followers, ref WindowStatistics window)
    {
        foreach (var value in bytes)
        {
            var hit = followers.Next(value);
            window.LongHits += hit > 2 ? 1 : 0;
            window.ShortHits += hit == 2 ? 1 : 0;
        }

        window.CountValues(bytes);
        window.Utf16Little = Utf16.CountAscii(bytes, bigEndian: false);
        window.Utf16Big = Utf16.CountAscii(bytes, bigEndian: true);
    }

    /// <summary>One step of the dynamic program: for each coder, stay or come from the best other one.</summary>
    private static void Advance(Span<long> best, ReadOnlySpan<int> cost, int switchCost, Span<byte> previous)
    {
        var cheapest = 0;
        for (var coder = 1; coder < Coders; coder++)
        {
            cheapest = best[coder] < best[cheapest] ? coder : cheapest;
        }

        var fromOther = best[cheapest] + switchCost;
        for (var coder = 0; coder < Coders; coder++)
        {
            var stay = best[coder] <= fromOther;
            previous[coder] = (byte)(stay ? coder : cheapest);
            best[coder] = (stay ? best[coder] : fromOther) + cost[coder];
        }
    }

    private static byte[] Trace(ReadOnlySpan<long> best, ReadOnlySpan<byte> previous, int windows)
    {
        // Of equal costs the lower number wins, the quicker coder.
        var coder = 0;
        for (var other = 1; other < Coders; other++)
        {
            coder = best[other] < best[coder] ? other : coder;
        }

        var coders = new byte[windows];
        for (var i = windows - 1; i >= 0; i--)
        {
            coders[i] = (byte)coder;
            coder = previous[(i * Coders) + coder];
        }

        return coders;
    }

    private static List<Stretch> ToRegions(ReadOnlySpan<byte> block, ReadOnlySpan<byte> coders)
    {
        var regions = new List<Stretch>();
        var start = 0;
        for (var i = 1; i <= coders.Length; i++)
        {
            if (i < coders.Length && coders[i] == coders[i - 1])
            {
                continue;
            }

            var end = i == coders.Length ? block.Length : Boundary(block, i * WindowLength, coders[i - 1], coders[i]);
            regions.Add(new Stretch(KindOf(coders[i - 1], block[start..end]), start, end - start));
            start = end;
        }

        return regions;
    }

    private static RegionKind KindOf(int coder, ReadOnlySpan<byte> region) => coder switch
    {
        // What looked wide in every window may still be ill-formed as a whole: bytes, then.
        WideText => TextTransform.IsWideText(region)
            ? RegionKind.Text
            : RegionKind.Bytes,
        Text => RegionKind.Text,
        Bytes => RegionKind.Bytes,
        _ => RegionKind.Stored,
    };

    /// <summary>Moves a boundary between text and bytes to where the text ends or begins.</summary>
    /// <returns>A position less than a window from <paramref name="at"/>, so that no region becomes empty.</returns>
    private static int Boundary(ReadOnlySpan<byte> block, int at, int left, int right)
    {
        if (left != Text && right != Text)
        {
            return at;
        }

        // Every position is scored by how much text lies on the text's side of it; the first of the best wins.
        var from = at - (WindowLength / 2) + 1;
        var to = Math.Min(at + (WindowLength / 2) - 1, block.Length - 1);
        var score = 0;
        var bestScore = 0;
        var best = from;
        for (var i = from; i < to; i++)
        {
            var textual = TextScanner.IsControl(block[i]) ? -ControlWeight : 1;
            score += left == Text ? textual : -textual;
            if (score > bestScore)
            {
                bestScore = score;
                best = i + 1;
            }
        }

        return best;
    }
}
