using NacrithOnnx.Runtime.Tokenize;

namespace NacrithOnnx.Export;

/// <summary>From a Hugging Face tokenizer.json to tokenizer.bin.</summary>
internal static class TokenizerConverter
{
    /// <summary>The special token that stands before a text in SmolLM2's training data.</summary>
    private const string StartToken = "<|endoftext|>";

    /// <summary>Converts. The same source gives the same bytes everywhere.</summary>
    /// <exception cref="EnvironmentException">The tokenizer is not of the kind that the runtime implements: byte-level
    /// BPE, each digit by itself, GPT-2's pattern, ids in the order special, byte, merged.</exception>
    public static byte[] Convert(ReadOnlySpan<byte> tokenizerJson) =>
        TokenizerFile.Write(Define(HuggingFaceTokenizer.Parse(tokenizerJson)));

    private static TokenizerDefinition Define(HuggingFaceTokenizer source)
    {
        var model = source.Model ?? throw Unsupported("it has no model");
        CheckModel(model);
        CheckPreTokenizer(source);

        var tokens = InOrderOfIds(model.Vocab);
        var start = Array.IndexOf(tokens, StartToken);
        var special = CountSpecial(source.AddedTokens, tokens);
        var byteTokens = ByteTokens(tokens.AsSpan(special));
        var merges = Merges(model, tokens, special + byteTokens.Length);

        // Any special token but the start token would serve, since text never gives one. The last one marks the empty
        // output of a notebook cell, unlike the marks of a chat, which an instruct model expects and acts upon.
        return new TokenizerDefinition(special, start, special - 1, byteTokens, merges);
    }

    private static void CheckModel(HuggingFaceTokenizer.MergeModel model)
    {
        if (model.Type != "BPE"
            || model.Dropout is not null
            || model.UnkToken is not null
            || !string.IsNullOrEmpty(model.ContinuingSubwordPrefix)
            || !string.IsNullOrEmpty(model.EndOfWordSuffix)
            || model.ByteFallback
            || model.IgnoreMerges)
        {
            throw Unsupported("its model is not plain byte-level BPE");
        }
    }

    private static void CheckPreTokenizer(HuggingFaceTokenizer source)
    {
        var supported = source.Normalizer is null && source.PreTokenizer is
        {
            Type: "Sequence",
            Steps:
            [
            { Type: "Digits", IndividualDigits: true },
            { Type: "ByteLevel", AddPrefixSpace: false, UseRegex: true },
            ],
        };
        if (!supported)
        {
            throw Unsupported("it does not split text at single digits and then by GPT-2's pattern alone");
        }
    }

    private static string[] InOrderOfIds(IReadOnlyDictionary<string, int> vocabulary)
    {
        var tokens = new string[vocabulary.Count];
        foreach (var (token, id) in vocabulary)
        {
            if ((uint)id >= (uint)tokens.Length || tokens[id] is not null)
            {
                throw Unsupported("its ids are not 0, 1, 2, ...");
            }

            tokens[id] = token;
        }

        return tokens;
    }

    private static int CountSpecial(IReadOnlyList<HuggingFaceTokenizer.AddedToken> added, string[] tokens)
    {
        foreach (var token in added)
        {
            if (token is not { Special: true } || token.Id < 0 || token.Id >= added.Count || token.Id >= tokens.Length
                || tokens[token.Id] != token.Content)
            {
                throw Unsupported("its added tokens are not special tokens with the first ids");
            }
        }

        if (added.Select(token => token.Id).Distinct().Count() != added.Count)
        {
            throw Unsupported("two of its added tokens have the same id");
        }

        return added.Count;
    }

    private static byte[] ByteTokens(ReadOnlySpan<string> tokens)
    {
        var bytes = new List<byte>();
        foreach (var token in tokens)
        {
            if (token.Length != 1 || !ByteAlphabet.TryGetByte(token[0], out var value))
            {
                break;
            }

            bytes.Add(value);
        }

        return [.. bytes];
    }

    private static uint[] Merges(HuggingFaceTokenizer.MergeModel model, string[] tokens, int firstMerged)
    {
        if (tokens.Length > TokenizerDefinition.MaxVocabularySize)
        {
            throw Unsupported($"it has more than {TokenizerDefinition.MaxVocabularySize} tokens");
        }

        if (firstMerged + model.Merges.Count != tokens.Length)
        {
            throw Unsupported("some of its tokens are neither special, nor a byte, nor merged");
        }

        var merges = new uint[model.Merges.Count];
        for (var i = 0; i < merges.Length; i++)
        {
            var (left, right) = model.Merges[i];
            if (tokens[firstMerged + i] != left + right
                || !model.Vocab.TryGetValue(left, out var leftId)
                || !model.Vocab.TryGetValue(right, out var rightId))
            {
                throw Unsupported($"merge {i} does not make the token with the next id");
            }

            merges[i] = TokenizerDefinition.Pair(leftId, rightId);
        }

        return merges;
    }

    private static EnvironmentException Unsupported(string reason) =>
        new($"This tokenizer cannot be exported: {reason}.");
}
