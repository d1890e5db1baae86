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

    /// <summary>Takes the tokens of another history, or forgets all.</summary>
    /// <param name="origin">The other history, or null.</param>
    /// <param name="onlyChanges">Whether this one begins with its tokens.</param>
    internal void ResetTo(TokenHistory? origin, bool onlyChanges)
    {
        Count = origin?.Count ?? 0;
        if (onlyChanges || origin is null)
        {
            return;
        }

        if (Count > _tokens.Length)
        {
            _tokens = new int[origin._tokens.Length];
        }

        origin.Tokens.CopyTo(_tokens);
    }
}
