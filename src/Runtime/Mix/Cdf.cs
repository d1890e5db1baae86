namespace NacrithOnnx.Runtime.Mix;

/// <summary>
/// Integer frequencies of all tokens in two levels: one number a token and one sum a block, so that finding a token, or
/// the tokens before it, looks at one block and the list of blocks instead of the whole vocabulary.
/// </summary>
internal sealed class Cdf
{
    /// <summary>Tokens per block: about the square root of a vocabulary of 49,152, and whole vectors of any width.</summary>
    public const int BlockLength = 256;

    /// <summary>
    /// Largest frequency that the dense exponential gives. So high that the smallest frequency, 1, costs nothing:
    /// 49,152 of them take 0.009 % of the certain token's share. So low that evidence can raise a token fourfold
    /// before all others must be scaled down.
    /// </summary>
    public const uint DenseMaximum = 1u << DenseBits;

    /// <summary>Largest frequency of one token: it always fits a signed 32-bit conversion.</summary>
    public const uint MaximumFrequency = int.MaxValue;

    /// <summary>
    /// Largest vocabulary: its total of frequencies still fits <see cref="Code.RangeCoding.MaximumTotal"/> with room
    /// for the few that evidence raised.
    /// </summary>
    public const int MaximumSize = 1 << 18;

    /// <summary>log2 of <see cref="DenseMaximum"/>.</summary>
    internal const int DenseBits = 29;

    private readonly uint[] _frequencies;
    private readonly ulong[] _blocks;

    /// <summary>Starts with every token at frequency 1.</summary>
    /// <param name="size">Number of tokens, 1 to <see cref="MaximumSize"/>.</param>
    public Cdf(int size)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, MaximumSize);
        _frequencies = new uint[size];
        _blocks = new ulong[(size + BlockLength - 1) / BlockLength];
        _frequencies.AsSpan().Fill(1);
        SumFresh();
    }

    /// <summary>Number of tokens.</summary>
    public int Size => _frequencies.Length;

    /// <summary>Sum of all frequencies.</summary>
    public ulong Total { get; private set; }

    /// <summary>Frequency of each token, at least 1.</summary>
    public ReadOnlySpan<uint> Frequencies => _frequencies;

    /// <summary>For a kernel that writes all frequencies and block sums; <see cref="SumBlocks"/> must follow.</summary>
    internal Span<uint> WritableFrequencies => _frequencies;

    /// <summary>Sum of the frequencies of each block of <see cref="BlockLength"/> tokens; the last may be short.</summary>
    internal Span<ulong> WritableBlocks => _blocks;

    /// <summary>Where a token lies in [0, <see cref="Total"/>).</summary>
    /// <param name="token">The token, below <see cref="Size"/>.</param>
    /// <param name="low">Sum of the frequencies of all tokens before it.</param>
    /// <param name="frequency">Its own frequency.</param>
    public void Interval(int token, out ulong low, out uint frequency)
    {
        var block = token / BlockLength;
        frequency = _frequencies[token];
        low = 0;
        foreach (var sum in _blocks.AsSpan(0, block))
        {
            low += sum;
        }

        foreach (var other in _frequencies.AsSpan((block * BlockLength)..token))
        {
            low += other;
        }
    }

    /// <summary>The token whose interval contains a point.</summary>
    /// <param name="target">The point, below <see cref="Total"/>.</param>
    /// <param name="low">Sum of the frequencies of all tokens before the token.</param>
    /// <param name="frequency">Its own frequency.</param>
    /// <exception cref="ArgumentOutOfRangeException">The point is not below the total.</exception>
    public int Find(ulong target, out ulong low, out uint frequency)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(target, Total);

        var block = 0;
        low = 0;
        while (target - low >= _blocks[block])
        {
            low += _blocks[block++];
        }

        var token = block * BlockLength;
        while (target - low >= _frequencies[token])
        {
            low += _frequencies[token++];
        }

        frequency = _frequencies[token];
        return token;
    }

    /// <summary>Replaces one frequency.</summary>
    /// <param name="token">The token, below <see cref="Size"/>.</param>
    /// <param name="frequency">1 to <see cref="MaximumFrequency"/>.</param>
    internal void Replace(int token, uint frequency)
    {
        ref var slot = ref _frequencies[token];
        var change = (ulong)frequency - slot;
        slot = frequency;
        _blocks[token / BlockLength] += change;
        Total += change;
    }

    /// <summary>Makes the total agree with the block sums.</summary>
    internal void SumBlocks()
    {
        ulong total = 0;
        foreach (var sum in _blocks)
        {
            total += sum;
        }

        Total = total;
    }

    private void SumFresh()
    {
        for (var block = 0; block < _blocks.Length; block++)
        {
            var start = block * BlockLength;
            _blocks[block] = (ulong)Math.Min(BlockLength, Size - start);
        }

        SumBlocks();
    }
}
