using NacrithOnnx.Export.Weights;
using NacrithOnnx.Format;
using NacrithOnnx.Runtime.Tokenize;

namespace NacrithOnnx.Train.Texts;

/// <summary>Checks that tokenizer and weights belong together.</summary>
internal static class Vocabulary
{
    /// <summary>Refuses a tokenizer with other tokens than the model.</summary>
    /// <exception cref="EnvironmentException">They differ.</exception>
    public static void Check(ModelShape shape, Tokenizer tokenizer)
    {
        if (shape.Vocabulary != tokenizer.VocabularySize || shape.StartToken != tokenizer.StartToken)
        {
            throw new EnvironmentException(
                $"the weights have {shape.Vocabulary} tokens with the start token {shape.StartToken}, the tokenizer "
                + $"{tokenizer.VocabularySize} with {tokenizer.StartToken}");
        }
    }
}
