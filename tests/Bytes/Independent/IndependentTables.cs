namespace NacrithOnnx.Tests.Bytes.Independent;

/// <summary>Section 3 of docs/byte-coder.md: logistic functions, cells, bit histories.</summary>
internal sealed class IndependentTables
{
    private static readonly int[] Bound = [20, 48, 15, 8, 6, 5];
    private readonly int[] _squash = new int[6143];
    private readonly int[] _stretch = new int[4096];

    public IndependentTables()
    {
        var e = (UInt128)1 << 32;
        for (var i = 0; i <= 3071; i++)
        {
            var q = Math.Clamp((int)((e << 16) / (e + ((UInt128)1 << 32))), 1, 65535);
            _squash[3071 + i] = q;
            _squash[3071 - i] = 65536 - q;
            e = (e * 4311777323) >> 32;
        }

        var x = -3071;
        for (var j = 0; j < 4096; j++)
        {
            for (; x < 3071 && Squash(x) < (16 * j) + 8; x++)
            {
            }

            _stretch[j] = x;
        }

        MakeStates();
    }

    /// <summary>State after state and bit.</summary>
    public byte[,] Next { get; } = new byte[256, 2];

    /// <summary>First probability of each state.</summary>
    public int[] First { get; } = [.. Enumerable.Repeat(32768, 256)];

    public int Squash(int x) => _squash[Math.Clamp(x, -3071, 3071) + 3071];

    public int Stretch(int j) => _stretch[j];

    public static void Learn(ref uint cell, int bit, int limit)
    {
        var count = (int)(cell & 1023);
        var error = ((bit << 22) - (int)(cell >> 10)) >> 3;
        cell += ((uint)((long)error * (16384 / ((2 * count) + 3))) & ~1023u) + (count < limit ? 1u : 0);
    }

    private static int Variants(int a, int b)
    {
        var (larger, smaller) = (Math.Max(a, b), Math.Min(a, b));
        return smaller > 5 || larger > Bound[smaller] ? 0 : smaller > 0 && larger + smaller <= 17 ? 2 : 1;
    }

    private void MakeStates()
    {
        var numbers = new Dictionary<(int Zeros, int Ones, int Latest), int>();
        var states = new List<(int Zeros, int Ones)>();
        for (var sum = 0; sum < 50; sum++)
        {
            for (var ones = 0; ones <= sum; ones++)
            {
                var variants = Variants(sum - ones, ones);
                if (variants > 0)
                {
                    numbers[(sum - ones, ones, 0)] = states.Count;
                    numbers[(sum - ones, ones, 1)] = states.Count + variants - 1;
                    states.AddRange(Enumerable.Repeat((sum - ones, ones), variants));
                }
            }
        }

        for (var state = 0; state < states.Count; state++)
        {
            var (zeros, ones) = states[state];
            First[state] = ((2 * ones) + 1) * 32768 / (zeros + ones + 1);
            var zero = After(zeros, ones);
            var one = After(ones, zeros);
            Next[state, 0] = (byte)numbers[(zero.Seen, zero.Other, 0)];
            Next[state, 1] = (byte)numbers[(one.Other, one.Seen, 1)];
        }
    }

    private static (int Seen, int Other) After(int seen, int other)
    {
        seen++;
        other = other switch { 6 => 5, 7 => 6, > 7 => 7, _ => other };
        while (Variants(seen, other) == 0)
        {
            var seenIsLarger = seen >= other;
            var (larger, smaller) = seenIsLarger ? (seen, other) : (other, seen);
            (larger, smaller) = smaller < 2 ? (larger - 1, smaller) : (((larger * (smaller - 1)) + (smaller / 2)) / smaller, smaller - 1);
            (seen, other) = seenIsLarger ? (larger, smaller) : (smaller, larger);
        }

        return (seen, other);
    }
}
