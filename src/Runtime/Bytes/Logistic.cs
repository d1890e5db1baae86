namespace NacrithOnnx.Runtime.Bytes;

/// <summary>
/// The logistic function and its inverse in fixed point: <c>squash(x) = 1 / (1 + e^-x)</c>, <c>stretch(p) = ln(p / (1 -
/// p))</c>.
/// </summary>
/// <remarks>Log-odds carry 8 fraction bits. Both tables are computed by integer multiplication alone, so they are the
/// same on every machine; a floating-point exponential could not guarantee that.</remarks>
internal static class Logistic
{
    /// <summary>Bits of a probability for the arithmetic coder.</summary>
    public const int ProbabilityBits = 16;

    /// <summary>Probability one.</summary>
    public const int One = 1 << ProbabilityBits;

    /// <summary>Largest log-odds: 12 in fixed point. e^-12 is below 2^-16, so nothing finer could be coded.</summary>
    public const int Limit = (12 << FractionBits) - 1;

    /// <summary>Fraction bits of log-odds.</summary>
    public const int FractionBits = 8;

    /// <summary>
    /// Probabilities are truncated to this many bits before they are stretched: 4096 entries fit in the L1 cache.
    /// </summary>
    public const int StretchBits = 12;

    /// <summary>e^(1/256) · 2^32, rounded: the ratio of adjacent steps of the squash table.</summary>
    private const ulong ExpStep = 4_311_777_323;

    private static readonly ushort[] SquashTable = MakeSquashTable();
    private static readonly short[] StretchTable = MakeStretchTable();

    /// <summary>The stretch table, for loops that keep it in a local: log-odds of <c>(i + 1/2) / 4096</c>.</summary>
    public static ReadOnlySpan<short> StretchEntries => StretchTable;

    /// <summary>The squash table, likewise: probability of <c>i − <see cref="Limit"/></c>.</summary>
    public static ReadOnlySpan<ushort> SquashEntries => SquashTable;

    /// <summary>Probability of log-odds, in 1..65535.</summary>
    /// <param name="logOdds">Any integer; outside ±<see cref="Limit"/> it is clamped.</param>
    public static int Squash(int logOdds) => SquashTable[Clamp(logOdds) + Limit];

    /// <summary>Log-odds of a 12-bit probability, in ±<see cref="Limit"/>.</summary>
    public static int Stretch(int probability12) => StretchTable[probability12];

    /// <summary>Log-odds clamped to ±<see cref="Limit"/>.</summary>
    public static int Clamp(int logOdds) => Math.Clamp(logOdds, -Limit, Limit);

    private static ushort[] MakeSquashTable()
    {
        var table = new ushort[(2 * Limit) + 1];
        const int expBits = 32;
        var exp = 1UL << expBits;
        for (var x = 0; x <= Limit; x++)
        {
            // e^12 < 2^18, so exp < 2^50 and both products fit in 128 bits.
            var p = (int)(((UInt128)exp << ProbabilityBits) / (exp + (1UL << expBits)));
            p = Math.Clamp(p, 1, One - 1);
            table[Limit + x] = (ushort)p;
            table[Limit - x] = (ushort)(One - p);
            exp = (ulong)(((UInt128)exp * ExpStep) >> expBits);
        }

        return table;
    }

    private static short[] MakeStretchTable()
    {
        var table = new short[1 << StretchBits];
        const int toProbability = ProbabilityBits - StretchBits;
        var x = -Limit;
        for (var i = 0; i < table.Length; i++)
        {
            var middle = (i << toProbability) + (1 << (toProbability - 1));
            while (x < Limit && SquashTable[x + Limit] < middle)
            {
                x++;
            }

            table[i] = (short)x;
        }

        return table;
    }
}
