namespace NacrithOnnx.Runtime.Kernels;

/// <summary>
/// Rows of the token embedding as floats. The table is stored as [hidden, vocabulary], the layout of the head's matrix
/// product, so one copy serves both; a row is a strided read.
/// </summary>
internal unsafe struct EmbedWork : IWork
{
    public long* Tokens;
    public sbyte* Table;
    public float* Scale;
    public float* Output;
    public int Hidden;
    public int Vocabulary;

    public readonly void Run(int item)
    {
        var token = Tokens[item];
        var target = Output + ((long)item * Hidden);
        if ((ulong)token >= (ulong)Vocabulary)
        {
            // The host checks tokens before a call; this keeps memory safe even if it does not.
            new Span<float>(target, Hidden).Clear();
            return;
        }

        var scale = Scale[token];
        var source = Table + token;
        for (var i = 0; i < Hidden; i++)
        {
            target[i] = source[(long)i * Vocabulary] * scale;
        }
    }
}
