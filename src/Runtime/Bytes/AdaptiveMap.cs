using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace NacrithOnnx.Runtime.Bytes;

/// <summary>
/// Arithmetic of one adaptive probability: 22 bits of probability and, below them, 10 bits of hit count.
/// </summary>
/// <remarks>
/// The step is 1 / (hits + 1.5): an average at first, a moving average once the count reaches its limit.
/// </remarks>
internal static class AdaptiveMap
{
    /// <summary>Shift from a cell to its 12-bit probability.</summary>
    public const int StretchShift = 32 - Logistic.StretchBits;

    /// <summary>The bits of a cell that hold its hit count.</summary>
    public const uint CountMask = (1 << CountBits) - 1;

    private const int CountBits = 10;
    private const int ProbabilityBits = 32 - CountBits;

    /// <summary>Bits dropped from the error so that error times step fits in 32 bits.</summary>
    private const int ErrorShift = 3;

    /// <summary>2^(CountBits + ErrorShift) / (n + 1.5), the step for each hit count.</summary>
    private static readonly int[] StepTable = MakeSteps();

    /// <summary>A cell that has seen nothing yet.</summary>
    /// <param name="probability">First guess, 16 bits.</param>
    public static uint Initial(int probability) => (uint)probability << (32 - Logistic.ProbabilityBits);

    /// <summary>Moves a cell towards the actual bit.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="bit">0 or 1.</param>
    /// <param name="limit">Hit count at which the step stops shrinking, at most 1023.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Update(ref uint cell, int bit, uint limit)
    {
        var value = cell;
        var count = value & CountMask;
        var error = ((bit << ProbabilityBits) - (int)(value >> CountBits)) >> ErrorShift;
        var step = (uint)(error * (long)StepTable[count]) & ~CountMask;
        cell = value + step + (count < limit ? 1u : 0u);
    }

    /// <summary>The step for each hit count, for <see cref="UpdateAll"/>.</summary>
    public static ReadOnlySpan<int> Steps => StepTable;

    /// <summary>Moves several cells as <see cref="Update"/> moves one.</summary>
    /// <param name="cells">The cells; the number is a multiple of <see cref="MixerKernel.Lane"/>.</param>
    /// <param name="steps">The step of each cell, from <see cref="Steps"/>.</param>
    /// <param name="bit">0 or 1.</param>
    /// <param name="limit">Hit count at which the step stops shrinking, at most 1023.</param>
    public static void UpdateAll(Span<uint> cells, ReadOnlySpan<int> steps, int bit, uint limit)
    {
        if (Vector256.IsHardwareAccelerated)
        {
            UpdateVector(cells, steps, bit, limit);
        }
        else if (Vector128.IsHardwareAccelerated)
        {
            UpdateVector128(cells, steps, bit, limit);
        }
        else
        {
            UpdateScalar(cells, bit, limit);
        }
    }

    internal static void UpdateScalar(Span<uint> cells, int bit, uint limit)
    {
        foreach (ref var cell in cells)
        {
            Update(ref cell, bit, limit);
        }
    }

    internal static void UpdateVector(Span<uint> cells, ReadOnlySpan<int> steps, int bit, uint limit)
    {
        var values = MemoryMarshal.Cast<uint, Vector256<uint>>(cells);
        var rates = MemoryMarshal.Cast<int, Vector256<int>>(steps)[..values.Length];
        var target = Vector256.Create(bit << ProbabilityBits);
        for (var i = 0; i < values.Length; i++)
        {
            var value = values[i];
            var error = (target - (value >> CountBits).AsInt32()) >> ErrorShift;
            var step = (error * rates[i]).AsUInt32() & Vector256.Create(~CountMask);

            // A true comparison is all ones, that is, minus one.
            var counted = Vector256.LessThan(value & Vector256.Create(CountMask), Vector256.Create(limit));
            values[i] = value + step - counted;
        }
    }

    internal static void UpdateVector128(Span<uint> cells, ReadOnlySpan<int> steps, int bit, uint limit)
    {
        var values = MemoryMarshal.Cast<uint, Vector128<uint>>(cells);
        var rates = MemoryMarshal.Cast<int, Vector128<int>>(steps)[..values.Length];
        var target = Vector128.Create(bit << ProbabilityBits);
        for (var i = 0; i < values.Length; i++)
        {
            var value = values[i];
            var error = (target - (value >> CountBits).AsInt32()) >> ErrorShift;
            var step = (error * rates[i]).AsUInt32() & Vector128.Create(~CountMask);
            var counted = Vector128.LessThan(value & Vector128.Create(CountMask), Vector128.Create(limit));
            values[i] = value + step - counted;
        }
    }

    private static int[] MakeSteps()
    {
        var steps = new int[CountMask + 1];
        for (var n = 0; n < steps.Length; n++)
        {
            steps[n] = (2 << (CountBits + ErrorShift)) / ((2 * n) + 3);
        }

        return steps;
    }
}
