using System.Buffers;

namespace NacrithOnnx.Runtime.Tokenize;

/// <summary>Decodes a sequence of tokens that comes in parts; an escape may be cut between two of them.</summary>
/// <param name="tokenizer">The tokenizer that encoded.</param>
internal sealed class Detokenizer(Tokenizer tokenizer)
{
    private bool _escaped;

    /// <summary>Decodes the next tokens of the sequence.</summary>
    /// <exception cref="CorruptArchiveException">No text encodes as these tokens: one is special, or outside of the
    /// vocabulary, or the one after an escape names no byte.</exception>
    public void Write(ReadOnlySpan<int> tokens, IBufferWriter<byte> bytes)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        foreach (var token in tokens)
        {
            if ((uint)token >= (uint)tokenizer.VocabularySize)
            {
                throw new CorruptArchiveException("The archive has a token that the model does not have.");
            }

            var text = tokenizer.Bytes(token);
            if (_escaped)
            {
                bytes.Write([EscapedByte(text)]);
                _escaped = false;
            }
            else if (token == tokenizer.EscapeToken)
            {
                _escaped = true;
            }
            else if (text.IsEmpty)
            {
                throw new CorruptArchiveException("The archive has a special token amid its text.");
            }
            else
            {
                bytes.Write(text);
            }
        }
    }

    /// <summary>Ends the sequence.</summary>
    /// <exception cref="CorruptArchiveException">It ends inside an escape.</exception>
    public void Complete()
    {
        if (_escaped)
        {
            throw new CorruptArchiveException("The archive's text ends with half a byte escape.");
        }
    }

    private byte EscapedByte(ReadOnlySpan<byte> name) =>
        tokenizer.ByteEscape.TryGetByte(name, out var value)
            ? value
            : throw new CorruptArchiveException("The archive has a byte escape that names no byte.");
}
