namespace NacrithOnnx.Runtime.Bytes;

/// <summary>
/// Bit histories: a one-byte state that represents how many zeros and ones a context has seen, and the latest bit.
/// </summary>
/// <remarks>
/// The states are those of ZPAQ's ICM component (Mahoney, "The ZPAQ Open Standard Format", 2009, section "Bit
/// history"): pairs (zeros, ones) inside a bound, numbered by their sum, so that a larger number means more evidence.
/// When a bit is seen, a count of the opposite bit above 2 is reduced: recent bits count more in nonstationary data.
/// </remarks>
internal static class BitHistory
{
    /// <summary>Number of states in a byte; 255 of them are used, 0 means "nothing seen".</summary>
    public const int Count = 256;

    /// <summary>Counts stay below this.</summary>
    private const int CountLimit = 50;

    /// <summary>Up to this sum, a pair with both bits seen has two states, one for each latest bit.</summary>
    private const int LatestBitLimit = 17;

    /// <summary>Largest count of one bit if the other bit was seen 0, 1, 2, ... times.</summary>
    private static ReadOnlySpan<byte> Bound => [20, 48, 15, 8, 6, 5];

    private static readonly byte[] NextTable = new byte[2 * Count];
    private static readonly ushort[] InitialTable = new ushort[Count];

    static BitHistory()
    {
        var number = new byte[CountLimit, CountLimit, 2];
        var state = 0;
        for (var sum = 0; sum < CountLimit; sum++)
        {
            for (var ones = 0; ones <= sum; ones++)
            {
                var variants = Variants(sum - ones, ones);
                if (variants > 0)
                {
                    number[sum - ones, ones, 0] = (byte)state;
                    number[sum - ones, ones, 1] = (byte)(state + variants - 1);
                    state += variants;
                }
            }
        }

        Array.Fill(InitialTable, (ushort)(Logistic.One / 2));
        for (var zeros = 0; zeros < CountLimit; zeros++)
        {
            for (var ones = 0; ones < CountLimit; ones++)
            {
                for (var variant = 0; variant < Variants(zeros, ones); variant++)
                {
                    int from = number[zeros, ones, variant];
                    NextTable[2 * from] = After(number, zeros, ones, bit: 0);
                    NextTable[(2 * from) + 1] = After(number, zeros, ones, bit: 1);
                    InitialTable[from] = (ushort)(((2 * ones) + 1) * (Logistic.One / 2) / (zeros + ones + 1));
                }
            }
        }
    }

    /// <summary>Next states: entry <c>2 · state + bit</c>.</summary>
    public static ReadOnlySpan<byte> Next => NextTable;

    /// <summary>
    /// First guess of the probability of a one in each state, 16 bits: <c>(ones + 1/2) / (zeros + ones + 1)</c>.
    /// </summary>
    public static ReadOnlySpan<ushort> Initial => InitialTable;

    private static byte After(byte[,,] number, int zeros, int ones, int bit)
    {
        if (bit == 1)
        {
            (ones, zeros) = Advance(ones, zeros);
        }
        else
        {
            (zeros, ones) = Advance(zeros, ones);
        }

        return number[zeros, ones, bit];
    }

    private static (int Seen, int Other) Advance(int seen, int other)
    {
        seen++;
        other = Discount(other);
        // Nearest state inside the bound: keep the ratio, drop one of the rarer bit.
        while (Variants(seen, other) == 0)
        {
            if (other > seen)
            {
                (other, seen) = Shrink(other, seen);
            }
            else
            {
                (seen, other) = Shrink(seen, other);
            }
        }

        return (seen, other);
    }

    private static (int Larger, int Smaller) Shrink(int larger, int smaller) => smaller < 2
        ? (larger - 1, smaller)
        : (((larger * (smaller - 1)) + (smaller / 2)) / smaller, smaller - 1);

    private static int Discount(int count) => count switch
    {
        <= 5 => count,
        6 => 5,
        7 => 6,
        _ => 7,
    };

    private static int Variants(int zeros, int ones)
    {
        var larger = Math.Max(zeros, ones);
        var smaller = Math.Min(zeros, ones);
        if (smaller >= Bound.Length || larger > Bound[smaller])
        {
            return 0;
        }

        return smaller > 0 && larger + smaller <= LatestBitLimit ? 2 : 1;
    }
}
