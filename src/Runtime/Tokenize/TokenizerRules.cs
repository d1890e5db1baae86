namespace NacrithOnnx.Runtime.Tokenize;

/// <summary>The rules between the tokens of a <see cref="TokenizerDefinition"/>, that all other code relies on. That no
/// pair merges twice is for <see cref="MergeTable"/> to find out.</summary>
internal static class TokenizerRules
{
    /// <summary>Longest token in bytes. SmolLM2's longest has 81; the limit keeps the table of a hostile file, whose
    /// tokens may double their length at each merge, below 16 MiB.</summary>
    public const int MaxTokenLength = 256;

    /// <summary>Checks every rule.</summary>
    /// <exception cref="EnvironmentException">A rule is broken; the message says which.</exception>
    public static void Check(TokenizerDefinition definition)
    {
        if (definition.VocabularySize > TokenizerDefinition.MaxVocabularySize)
        {
            throw Broken($"more than {TokenizerDefinition.MaxVocabularySize} tokens");
        }

        if ((uint)definition.StartToken >= (uint)definition.SpecialTokens
            || (uint)definition.EscapeToken >= (uint)definition.SpecialTokens
            || definition.StartToken == definition.EscapeToken)
        {
            throw Broken("the start and escape tokens are not two special tokens");
        }

        CheckBytes(definition.ByteTokens.Span);
        CheckMerges(definition);
    }

    private static void CheckBytes(ReadOnlySpan<byte> bytes)
    {
        Span<bool> present = stackalloc bool[256];
        present.Clear();
        foreach (var value in bytes)
        {
            if (present[value])
            {
                throw Broken($"byte {value} has two tokens");
            }

            present[value] = true;
        }

        var missing = present.Length - bytes.Length;
        if (missing > ByteEscape.MaxBytes || present.Slice(ByteEscape.FirstName, missing).Contains(false))
        {
            throw Broken("too many bytes have no token");
        }
    }

    // A merged token has a higher id than its parts: merging in the order of ids is then merging in the order of
    // priority, and no token contains itself.
    private static void CheckMerges(TokenizerDefinition definition)
    {
        var merges = definition.Merges.Span;
        var firstMerged = definition.FirstMergedToken;
        var lengths = new int[definition.VocabularySize];
        lengths.AsSpan(definition.SpecialTokens, definition.ByteTokens.Length).Fill(1);
        for (var i = 0; i < merges.Length; i++)
        {
            var id = firstMerged + i;
            int left = TokenizerDefinition.Left(merges[i]);
            int right = TokenizerDefinition.Right(merges[i]);
            if (left >= id || right >= id || left < definition.SpecialTokens || right < definition.SpecialTokens)
            {
                throw Broken($"merge {i} joins tokens that do not come before it");
            }

            lengths[id] = lengths[left] + lengths[right];
            if (lengths[id] > MaxTokenLength)
            {
                throw Broken($"token {id} is longer than {MaxTokenLength} bytes");
            }
        }
    }

    private static EnvironmentException Broken(string rule) => new($"The tokenizer is not usable: {rule}.");
}
