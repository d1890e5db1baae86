namespace NacrithOnnx.Runtime.Kernels;

/// <summary>
/// Rows of the token embedding as floats. The table is stored as [hidden, vocabulary], the layout of the head's matrix
/// product, so one copy serves both; a row is a strided read.
/// </summary>
/// <remarks>
/// An item is a few columns of all rows: all its reads lie in a part of the table whose pages the processor still knows
/// after the first row. Row by row, each of the 576 reads misses that buffer, which took 35 µs a token.
/// </remarks>
internal unsafe struct EmbedWork : IWork
{
    /// <summary>A cache line of the output.</summary>
    private const int ColumnsPerItem = CacheLine.Size / sizeof(float);

    public long* Tokens;
    public sbyte* Table;
    public float* Scale;
    public float* Output;

    /// <summary>Number of tokens.</summary>
    public int Rows;
    public int Hidden;
    public int Vocabulary;

    public readonly int Items => (Hidden + ColumnsPerItem - 1) / ColumnsPerItem;

    public readonly void Run(int item)
    {
        var first = item * ColumnsPerItem;
        var columns = Math.Min(ColumnsPerItem, Hidden - first);
        for (var row = 0; row < Rows; row++)
        {
            var token = Tokens[row];
            var target = Output + ((long)row * Hidden) + first;
            if ((ulong)token >= (ulong)Vocabulary)
            {
                // The host checks tokens before a call; this keeps memory safe even if it does not.
                new Span<float>(target, columns).Clear();
                continue;
            }

            var scale = Scale[token];
            var source = Table + ((long)first * Vocabulary) + token;
            for (var i = 0; i < columns; i++)
            {
                target[i] = source[(long)i * Vocabulary] * scale;
            }
        }
    }
}
