namespace NacrithOnnx.Runtime.Mix;

/// <summary>64-bit FNV-1a over words, to compare the learned state of compressor and decompressor.</summary>
internal struct StateHash
{
    private const ulong Prime = 0x100000001B3;
    private const ulong Offset = 0xCBF29CE484222325;

    /// <summary>Creates the hash of an empty state.</summary>
    public StateHash()
    {
        Value = Offset;
    }

    /// <summary>The hash so far.</summary>
    internal ulong Value { get; private set; }

    internal void Add(uint word) => Value = (Value ^ word) * Prime;

    internal void Add(float value) => Add(BitConverter.SingleToUInt32Bits(value));

    internal void Add(ReadOnlySpan<float> values)
    {
        foreach (var value in values)
        {
            Add(value);
        }
    }
}
