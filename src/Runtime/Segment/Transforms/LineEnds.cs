namespace NacrithOnnx.Runtime.Segment;

/// <summary>Exchanges CR LF and LF.</summary>
/// <remarks>
/// Of a run of k carriage returns before a line feed, only k = 0 and k = 1 change places; k ≥ 2 stays. That is a
/// bijection of all byte strings and its own inverse, so files with a few odd line ends need no list of exceptions.
/// </remarks>
internal static class LineEnds
{
    private const byte Cr = (byte)'\r';
    private const byte Lf = (byte)'\n';

    /// <summary>The exchange pays when CR LF is the rule: at most one bare LF for this many.</summary>
    private const int Majority = 4;

    /// <summary>Whether CR LF is the usual line end.</summary>
    public static bool SwapPays(ReadOnlySpan<byte> text)
    {
        var (bare, pairs) = Count(text);
        return pairs > Majority * (long)bare;
    }

    /// <summary>Makes the exchange.</summary>
    /// <param name="text">Any bytes.</param>
    /// <param name="limit">Longest result allowed.</param>
    /// <exception cref="CorruptArchiveException">The result would be longer.</exception>
    public static byte[] Swap(ReadOnlySpan<byte> text, int limit)
    {
        var (bare, pairs) = Count(text);
        var length = (long)text.Length + bare - pairs;
        if (length > limit)
        {
            throw new CorruptArchiveException("A text region's line ends do not fit the length that its header names.");
        }

        var swapped = new byte[length];
        var to = 0;
        while (true)
        {
            var lf = text.IndexOf(Lf);
            if (lf < 0)
            {
                text.CopyTo(swapped.AsSpan(to));
                return swapped;
            }

            var line = text[..lf];
            var run = RunOfCr(line);
            line = run == 1 ? line[..^1] : line;
            line.CopyTo(swapped.AsSpan(to));
            to += line.Length;
            if (run == 0)
            {
                swapped[to++] = Cr;
            }

            swapped[to++] = Lf;
            text = text[(lf + 1)..];
        }
    }

    private static (int Bare, int Pairs) Count(ReadOnlySpan<byte> text)
    {
        var bare = 0;
        var pairs = 0;
        for (var lf = text.IndexOf(Lf); lf >= 0; lf = text.IndexOf(Lf))
        {
            var run = RunOfCr(text[..lf]);
            bare += run == 0 ? 1 : 0;
            pairs += run == 1 ? 1 : 0;
            text = text[(lf + 1)..];
        }

        return (bare, pairs);
    }

    private static int RunOfCr(ReadOnlySpan<byte> line) => line.Length - line.TrimEnd(Cr).Length;
}
