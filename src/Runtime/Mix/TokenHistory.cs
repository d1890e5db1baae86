namespace NacrithOnnx.Runtime.Mix;

/// <summary>The tokens one lane has coded so far.</summary>
internal sealed class TokenHistory
{
    private int[] _tokens = new int[256];

    /// <summary>Number of tokens.</summary>
    internal int Count { get; private set; }

    /// <summary>The tokens, oldest first.</summary>
    internal ReadOnlySpan<int> Tokens => _tokens.AsSpan(0, Count);

    internal void Append(int token)
    {
        if (Count == _tokens.Length)
        {
            Array.Resize(ref _tokens, 2 * Count);
        }

        _tokens[Count++] = token;
    }
}
