namespace NacrithOnnx.Runtime.Mix;

/// <summary>Hash of the last tokens, extended one older token at a time.</summary>
internal static class ContextHash
{
    /// <summary>Hash of no token.</summary>
    internal const uint Empty = 0;

    // 2^32 / golden ratio and a prime of xxHash32: odd numbers with well-mixed bits.
    private const uint Multiplier = 0x9E3779B1;
    private const uint Finisher = 0x85EBCA6B;

    /// <summary>The hash extended by one older token.</summary>
    internal static uint Extend(uint hash, int token)
    {
        hash = (hash + (uint)token + 1) * Multiplier;
        return hash ^ (hash >> 15);
    }

    /// <summary>A table index of the given number of bits, which depends on all bits of the hash.</summary>
    internal static int Index(uint hash, int bits) => (int)((hash * Finisher) >> (32 - bits));
}
