using System.Buffers;

namespace NacrithOnnx.Runtime.Tokenize;

/// <summary>Byte-level BPE between bytes and tokens, exact for any bytes: text or not, valid UTF-8 or not. Strings that
/// look like special tokens are ordinary text. Immutable: threads may share one.</summary>
/// <remarks>Which tokens <see cref="Encode"/> chooses only decides the size of an archive; decoding joins the bytes of
/// the tokens, whatever they are.</remarks>
internal sealed class Tokenizer
{
    /// <summary>In the table of byte tokens: the byte has none.</summary>
    private const int NoToken = -1;

    private readonly MergeTable _merges;
    private readonly int[] _byteTokens = new int[256];
    private readonly int[] _offsets;
    private readonly byte[] _bytes;

    private Tokenizer(TokenizerDefinition definition)
    {
        VocabularySize = definition.VocabularySize;
        StartToken = definition.StartToken;
        EscapeToken = definition.EscapeToken;
        _merges = new MergeTable(definition);
        _byteTokens.AsSpan().Fill(NoToken);
        var bytes = definition.ByteTokens.Span;
        for (var i = 0; i < bytes.Length; i++)
        {
            _byteTokens[bytes[i]] = definition.SpecialTokens + i;
        }

        ByteEscape = new ByteEscape(_byteTokens);
        _offsets = new int[VocabularySize + 1];
        _bytes = JoinBytes(definition, _offsets);
    }

    /// <summary>Number of tokens; ids are from 0 up to it.</summary>
    public int VocabularySize { get; }

    /// <summary>The special token that stands before every text, <c>&lt;|endoftext|&gt;</c>. Never in the output of
    /// <see cref="Encode"/>.</summary>
    public int StartToken { get; }

    /// <summary>The special token that announces a byte without a token; the token after it names the byte.</summary>
    public int EscapeToken { get; }

    /// <summary>Names of the bytes without a token.</summary>
    internal ByteEscape ByteEscape { get; }

    /// <summary>Loads tokenizer.bin.</summary>
    /// <exception cref="EnvironmentException">Not a tokenizer file, damaged, or not usable.</exception>
    public static Tokenizer Load(ReadOnlySpan<byte> file)
    {
        var definition = TokenizerFile.Read(file);
        TokenizerRules.Check(definition);
        return new Tokenizer(definition);
    }

    /// <summary>Encodes bytes as tokens, without a start token.</summary>
    /// <param name="text">Any bytes. A text cut in two and encoded in two calls gives tokens that decode to the same
    /// bytes, but may be other tokens around the cut.</param>
    /// <param name="tokens">Takes the tokens: at most two for each byte, in English 0.28.</param>
    public void Encode(ReadOnlySpan<byte> text, IBufferWriter<int> tokens)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        Span<int> scratch = stackalloc int[WordMerger.MaxScannedLength];
        var sink = new TokenSink(tokens);
        while (!text.IsEmpty)
        {
            var length = WordSplitter.FirstWordLength(text);
            EncodeWord(text[..length], ref sink, scratch);
            text = text[length..];
        }

        sink.Flush();
    }

    /// <summary>Bytes of a token; none for a special token.</summary>
    /// <param name="token">From 0 up to <see cref="VocabularySize"/>.</param>
    public ReadOnlySpan<byte> Bytes(int token)
    {
        var start = _offsets[token];
        return _bytes.AsSpan(start, _offsets[token + 1] - start);
    }

    /// <summary>Decodes a whole sequence of tokens. For a sequence that comes in parts use <see cref="Detokenizer"/>.
    /// </summary>
    /// <exception cref="CorruptArchiveException"><see cref="Encode"/> cannot have made such tokens.</exception>
    public void Decode(ReadOnlySpan<int> tokens, IBufferWriter<byte> bytes)
    {
        var detokenizer = new Detokenizer(this);
        detokenizer.Write(tokens, bytes);
        detokenizer.Complete();
    }

    private static byte[] JoinBytes(TokenizerDefinition definition, Span<int> offsets)
    {
        var singles = definition.ByteTokens.Span;
        var merges = definition.Merges.Span;
        var firstMerged = definition.FirstMergedToken;
        for (var i = 0; i < singles.Length; i++)
        {
            offsets[definition.SpecialTokens + i + 1] = i + 1;
        }

        for (var i = 0; i < merges.Length; i++)
        {
            int left = TokenizerDefinition.Left(merges[i]);
            int right = TokenizerDefinition.Right(merges[i]);
            var length = offsets[left + 1] - offsets[left] + offsets[right + 1] - offsets[right];
            offsets[firstMerged + i + 1] = offsets[firstMerged + i] + length;
        }

        var bytes = new byte[offsets[^1]];
        singles.CopyTo(bytes);
        for (var i = 0; i < merges.Length; i++)
        {
            int left = TokenizerDefinition.Left(merges[i]);
            int right = TokenizerDefinition.Right(merges[i]);
            var target = bytes.AsSpan(offsets[firstMerged + i]);
            var leftBytes = bytes.AsSpan(offsets[left], offsets[left + 1] - offsets[left]);
            leftBytes.CopyTo(target);
            bytes.AsSpan(offsets[right], offsets[right + 1] - offsets[right]).CopyTo(target[leftBytes.Length..]);
        }

        return bytes;
    }

    // Bytes become tokens in the writer's own memory and are merged there. A byte without a token ends what may merge.
    private void EncodeWord(ReadOnlySpan<byte> word, ref TokenSink sink, scoped Span<int> scratch)
    {
        var tokens = sink.Reserve(2 * word.Length);
        var start = 0;
        var count = 0;
        foreach (var value in word)
        {
            var token = _byteTokens[value];
            if (token != NoToken)
            {
                tokens[count++] = token;
                continue;
            }

            count = start + WordMerger.Merge(_merges, tokens[start..count], scratch);
            tokens[count++] = EscapeToken;
            tokens[count++] = ByteEscape.NameToken(value);
            start = count;
        }

        sink.Advance(start + WordMerger.Merge(_merges, tokens[start..count], scratch));
    }
}
