namespace NacrithOnnx.Runtime.Bytes;

/// <summary>What both sides of the byte coder must agree on; stored in the archive.</summary>
internal readonly record struct ByteCoderSettings
{
    /// <summary>Smallest value of <see cref="MemoryBits"/>: 64 KiB.</summary>
    public const int MinMemoryBits = 16;

    /// <summary>Largest value of <see cref="MemoryBits"/>: 256 MiB, which bounds what a hostile archive can ask for.</summary>
    public const int MaxMemoryBits = 28;

    /// <summary>4 MiB: fits the caches of a server core; 2^24 codes 1.6 % smaller and about a tenth slower.</summary>
    public const int DefaultMemoryBits = 22;

    /// <summary>Makes settings.</summary>
    /// <param name="memoryBits">log2 of the bytes of the history table, 16..28.</param>
    /// <exception cref="LimitExceededException">The value is out of range.</exception>
    public ByteCoderSettings(int memoryBits)
    {
        if (memoryBits is < MinMemoryBits or > MaxMemoryBits)
        {
            throw new LimitExceededException(
                $"The byte coder's memory must be 2^{MinMemoryBits} to 2^{MaxMemoryBits} bytes, not 2^{memoryBits}.");
        }

        MemoryBits = memoryBits;
    }

    /// <summary>4 MiB of histories.</summary>
    public static ByteCoderSettings Default => new(DefaultMemoryBits);

    /// <summary>log2 of the largest history table in bytes; small inputs use less.</summary>
    public int MemoryBits { get; }
}
