using System.Buffers;
using NacrithOnnx.Runtime.Tokenize;

namespace NacrithOnnx.Runtime.Text;

/// <summary>Adds the text of its tokens to a trace.</summary>
internal static class TraceText
{
    /// <summary>Completes a trace.</summary>
    /// <param name="trace">A trace of all tokens.</param>
    /// <param name="tokenizer">The tokenizer they come from.</param>
    /// <param name="tokens">The tokens.</param>
    public static void Complete(TextTrace trace, Tokenizer tokenizer, ReadOnlySpan<int> tokens)
    {
        var text = new ArrayBufferWriter<byte>();
        var lengths = new int[tokens.Length];
        var detokenizer = new Detokenizer(tokenizer);
        for (var index = 0; index < tokens.Length; index++)
        {
            var start = text.WrittenCount;
            detokenizer.Write(tokens.Slice(index, 1), text);
            lengths[index] = text.WrittenCount - start;
        }

        trace.Complete(text.WrittenMemory, lengths, token => tokenizer.Bytes(token).ToArray());
    }
}
