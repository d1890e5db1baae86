using System.Buffers;
using NacrithOnnx.Format;
using NacrithOnnx.Runtime.Predict;
using NacrithOnnx.Runtime.Tokenize;

namespace NacrithOnnx.Runtime.Text;

/// <summary>The text of a frame body: all text regions, each after its transform, as one sequence of tokens.</summary>
internal sealed class TextSectionCodec(Tokenizer tokenizer, TextCoder coder, WindowSettings window)
    : Segment.ISampleCoder
{
    /// <summary>
    /// Maximum of lanes times window positions: that of level 6 for long texts, 390 MB of cache with SmolLM2-135M.
    /// </summary>
    public const int MaxCachePositions = 32768;

    /// <summary>Tokens decoded to bytes at a time, so that an invalid payload cannot request much memory.</summary>
    private const int DetokenizeStep = 4096;

    /// <summary>Maximum rows of calls until the layout is known.</summary>
    public int MaxRows
    {
        set => coder.MaxRows = value;
    }

    /// <summary>Learns the text of a dictionary.</summary>
    /// <param name="text">The text, not empty.</param>
    /// <param name="progress">Receives the tokens learned and their number; may throw to cancel.</param>
    public PreparedDictionary Prepare(ReadOnlySpan<byte> text, Action<int, int> progress)
    {
        var tokens = new ArrayBufferWriter<int>();
        tokenizer.Encode(text, tokens);
        return coder.Prepare(tokens.WrittenSpan, done => progress(done, tokens.WrittenCount));
    }

    /// <summary>Codes regions.</summary>
    /// <param name="regions">The regions.</param>
    /// <param name="lanes">The profile's rule.</param>
    /// <param name="dictionary">The dictionary before them, or null.</param>
    /// <param name="rows">Maximum rows of calls for a layout; refuses one that needs too much memory.</param>
    /// <param name="payload">Receives the payload.</param>
    /// <param name="progress">Receives the tokens coded and their number; may throw to cancel.</param>
    /// <param name="trace">Records the tokens; null for no record.</param>
    public CodedText Encode(
        ReadOnlySpan<TextRegion> regions, LaneRule lanes, PreparedDictionary? dictionary, Func<LaneLayout, int> rows,
        IBufferWriter<byte> payload, Action<int, int> progress, TextTrace? trace)
    {
        var tokens = new ArrayBufferWriter<int>();
        foreach (var region in regions)
        {
            tokenizer.Encode(region.Text, tokens);
        }

        var count = tokens.WrittenCount;
        var layout = lanes.Layout(count);
        if (dictionary is null)
        {
            var primed = lanes.PrimedLayout(count, window);
            coder.MaxRows = rows(primed);
            layout = coder.PrefersPrimer(tokens.WrittenSpan, primed, done => progress(done, count)) ? primed : layout;
        }

        coder.MaxRows = rows(layout);
        coder.Encode(tokens.WrittenSpan, layout, dictionary, payload, done => progress(done, count), trace);
        Complete(trace, tokens.WrittenSpan);
        return new CodedText(count, layout.Primer > 0);
    }

    /// <inheritdoc/>
    public (int Length, int Tokens) CodeSample(ReadOnlySpan<byte> text)
    {
        var tokens = new ArrayBufferWriter<int>();
        tokenizer.Encode(text, tokens);
        var payload = new ArrayBufferWriter<byte>();
        coder.Encode(tokens.WrittenSpan, new LaneLayout(tokens.WrittenCount, 1, 0), null, payload, _ => { });
        return (payload.WrittenCount, tokens.WrittenCount);
    }

    /// <summary>Decodes all text of a body, still transformed, with the regions concatenated.</summary>
    /// <param name="body">The body.</param>
    /// <param name="lanes">The profile's rule.</param>
    /// <param name="dictionary">The dictionary before the text, or null.</param>
    /// <param name="maxLength">Maximum bytes of text.</param>
    /// <param name="rows">Maximum rows of calls for a layout; refuses one that needs too much memory.</param>
    /// <param name="progress">Receives the tokens decoded and their number; may throw to cancel.</param>
    /// <param name="trace">Records the tokens; null for no record.</param>
    /// <exception cref="NacrithException">The payload is damaged, or exceeds a limit.</exception>
    public byte[] Decode(
        FrameBody body, LaneRule lanes, PreparedDictionary? dictionary, long maxLength, Func<LaneLayout, int> rows,
        Action<int, int> progress, TextTrace? trace)
    {
        var layout = Layout(body.Head, lanes, dictionary is not null);
        coder.MaxRows = rows(layout);
        var tokens = coder.Decode(body.TextPayload, layout, dictionary, done => progress(done, layout.Count), trace);
        Complete(trace, tokens);
        return Detokenize(tokens, maxLength, body.Head.EndsWithTokens);
    }

    private void Complete(TextTrace? trace, ReadOnlySpan<int> tokens)
    {
        if (trace is not null)
        {
            TraceText.Complete(trace, tokenizer, tokens);
        }
    }

    private LaneLayout Layout(BodyHead head, LaneRule lanes, bool hasDictionary)
    {
        var layout = lanes.Layout(head.TokenCount);
        if (head.IsPrimed)
        {
            layout = lanes.PrimedLayout(head.TokenCount, window);
            if (hasDictionary || layout.Primer == 0)
            {
                throw new CorruptArchiveException("A frame claims a primer that its profile does not give.");
            }
        }

        if ((long)layout.Lanes * window.Context > MaxCachePositions)
        {
            throw new LimitExceededException(
                $"A frame has {layout.Lanes} lanes with windows of {window.Context} positions, which need more memory "
                + "than this reader allows.");
        }

        return layout;
    }

    private byte[] Detokenize(ReadOnlySpan<int> tokens, long maxLength, bool isMessage)
    {
        var detokenizer = new Detokenizer(tokenizer);
        var text = new ArrayBufferWriter<byte>();
        for (var start = 0; start < tokens.Length && text.WrittenCount <= maxLength; start += DetokenizeStep)
        {
            detokenizer.Write(tokens.Slice(start, Math.Min(DetokenizeStep, tokens.Length - start)), text);
        }

        if (text.WrittenCount > maxLength)
        {
            throw isMessage
                ? new LimitExceededException("The message holds more than the allowed content.")
                : new CorruptArchiveException("The decoded text is longer than its frame says.");
        }

        detokenizer.Complete();
        return text.WrittenSpan.ToArray();
    }
}
