namespace NacrithOnnx.Runtime.Mix;

/// <summary>Hash of the last tokens, extended one older token at a time.</summary>
internal static class ContextHash
{
    /// <summary>Hash of no token.</summary>
    internal const uint Empty = 0;

    // 2^32 / golden ratio and a prime of xxHash32: odd numbers with well-mixed bits.
    private const uint Multiplier = 0x9E3779B1;
    private const uint Finisher = 0x85EBCA6B;

    /// <summary>The hash with one older token in front.</summary>
    internal static uint Extend(uint hash, int token)
    {
        hash = (hash + (uint)token + 1) * Multiplier;
        return hash ^ (hash >> 15);
    }

    /// <summary>A table index of some bits; it depends on other bits of the hash than a stored check of it shows.</summary>
    internal static int Index(uint hash, int bits) => (int)((hash * Finisher) >> (32 - bits));
}
