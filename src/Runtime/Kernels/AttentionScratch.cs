namespace NacrithOnnx.Runtime.Kernels;

/// <summary>Attention buffers of one thread. They grow to the longest context seen and are kept.</summary>
internal sealed class AttentionScratch
{
    [ThreadStatic]
    private static AttentionScratch? _current;

    public static AttentionScratch Current => _current ??= new AttentionScratch();

    public AlignedBuffer<short> Queries { get; } = new();

    public AlignedBuffer<float> Scores { get; } = new();

    /// <summary>Weights as integers.</summary>
    public AlignedBuffer<short> Weights { get; } = new();

    /// <summary>Scales of the new keys, then of the new values, each padded to whole tiles.</summary>
    public AlignedBuffer<float> Scales { get; } = new();

    /// <summary>See <see cref="PairTile"/>.</summary>
    public AlignedBuffer<short> Tile { get; } = new();

    /// <summary>Sums of a few tiles.</summary>
    public AlignedBuffer<int> Sums { get; } = new();

    /// <summary>Sums of all tiles.</summary>
    public AlignedBuffer<long> Totals { get; } = new();
}
