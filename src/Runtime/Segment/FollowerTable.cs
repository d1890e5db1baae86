namespace NacrithOnnx.Runtime.Segment;

/// <summary>Remembers the byte that last followed each context: a predictor that costs one look-up per byte.</summary>
internal sealed class FollowerTable
{
    private const int Bits = 16;
    private const int LongContext = 6;
    private const ulong LongMask = (1UL << (8 * LongContext)) - 1;
    private const ulong Multiplier = 0x9E3779B97F4A7C15;

    // A follower plus one; zero means that the context is new.
    private readonly ushort[] _afterTwo = new ushort[1 << Bits];
    private readonly ushort[] _afterSix = new ushort[1 << Bits];
    private ulong _last8;

    /// <summary>Adds the next byte, and returns the order of the context that predicted it.</summary>
    /// <param name="value">The byte.</param>
    /// <returns>6, 2, or 0 for none.</returns>
    public int Next(byte value)
    {
        ref var two = ref _afterTwo[(ushort)_last8];
        ref var six = ref _afterSix[((_last8 & LongMask) * Multiplier) >> (64 - Bits)];
        var hit = six == value + 1 ? LongContext : two == value + 1 ? 2 : 0;
        two = six = (ushort)(value + 1);
        _last8 = (_last8 << 8) | value;
        return hit;
    }
}
