using System.Buffers;
using NacrithOnnx.Format;
using NacrithOnnx.Runtime.Code;
using NacrithOnnx.Runtime.Predict;
using NacrithOnnx.Runtime.Tokenize;

namespace NacrithOnnx.Runtime.Text;

/// <summary>
/// The text section of a frame: all text regions as one sequence of tokens. Its payload begins with the length of
/// each transformed region after its transform, as varints, because the tokens alone do not show where a region ends.
/// </summary>
internal sealed class TextSectionCodec(Tokenizer tokenizer, TextCoder coder, WindowSettings window) : Segment.ISampleCoder
{
    /// <summary>
    /// Maximum of lanes times window positions: that of level 6 for long texts, 390 MB of cache with SmolLM2-135M.
    /// </summary>
    public const int MaxCachePositions = 32768;

    /// <summary>Tokens decoded to bytes at a time, so that an invalid payload cannot request much memory.</summary>
    private const int DetokenizeStep = 4096;

    /// <summary>Codes regions; returns the layout of the tokens.</summary>
    public TextSection Encode(
        ReadOnlySpan<TextRegion> regions, LaneRule lanes, IBufferWriter<byte> payload, Action<int, int> progress)
    {
        var tokens = new ArrayBufferWriter<int>();
        foreach (var region in regions)
        {
            if (region.Transform != Segment.TransformId.None)
            {
                VarInt.Write(payload, region.Text.Length);
            }

            tokenizer.Encode(region.Text, tokens);
        }

        var count = tokens.WrittenCount;
        var layout = lanes.PrimedLayout(count, window);
        if (!coder.PrefersPrimer(tokens.WrittenSpan, layout, done => progress(done, count)))
        {
            layout = layout with { Primer = 0 };
        }

        coder.Encode(tokens.WrittenSpan, layout, null, RangeEnding.OneByte, payload, done => progress(done, count));
        return new TextSection(layout.Count, layout.Lanes, layout.Primer);
    }

    /// <inheritdoc/>
    public (int Length, int Tokens) CodeSample(ReadOnlySpan<byte> text)
    {
        var tokens = new ArrayBufferWriter<int>();
        tokenizer.Encode(text, tokens);
        var payload = new ArrayBufferWriter<byte>();
        coder.Encode(
            tokens.WrittenSpan, new LaneLayout(tokens.WrittenCount, 1, 0), null, RangeEnding.OneByte, payload, _ => { });
        return (payload.WrittenCount, tokens.WrittenCount);
    }

    /// <summary>Decodes all text regions of a frame, each still transformed.</summary>
    /// <exception cref="CorruptArchiveException">The payload contradicts the frame's header.</exception>
    public List<TextRegion> Decode(DataFrame frame, Action<int, int> progress)
    {
        var payload = frame.Payload[..frame.Header.TextPayloadLength];
        var lengths = new List<int>();
        long total = 0;
        foreach (var region in frame.Header.Regions)
        {
            if (region.Kind == RegionKind.Text)
            {
                var length = region.OriginalLength;
                if (region.TransformId != 0)
                {
                    length = TransformedLength(ref payload, region.OriginalLength);
                }

                lengths.Add(length);
                total += length;
            }
        }

        var section = frame.Header.Text;
        var layout = new LaneLayout(section.TokenCount, section.LaneCount, section.PrimerTokenCount);
        CheckLimits(layout);
        var tokens = coder.Decode(payload, layout, null, RangeEnding.OneByte, done => progress(done, layout.Count));
        var text = Detokenize(tokens, total);
        return Cut(frame.Header, text, lengths);
    }

    private void CheckLimits(LaneLayout layout)
    {
        if (layout.Primer >= window.Context || layout.Primer > layout.Count)
        {
            throw new CorruptArchiveException("The primer of a frame is longer than the window or the tokens.");
        }

        if ((long)layout.Lanes * window.Context > MaxCachePositions)
        {
            throw new LimitExceededException(
                $"A frame has {layout.Lanes} lanes with windows of {window.Context} positions, which need more memory "
                + "than this reader allows.");
        }
    }

    private static int TransformedLength(ref ReadOnlyMemory<byte> payload, int originalLength)
    {
        // No transform more than triples a text: one byte of Windows-1252 becomes at most three, two of UTF-16 at most
        // three.
        const int MaxGrowth = 3;
        if (!VarInt.TryRead(payload.Span, out var length, out var consumed) || length > (long)originalLength * MaxGrowth)
        {
            throw new CorruptArchiveException("The length of a transformed text region is invalid.");
        }

        payload = payload[consumed..];
        return checked((int)length);
    }

    private byte[] Detokenize(ReadOnlySpan<int> tokens, long total)
    {
        var detokenizer = new Detokenizer(tokenizer);
        var text = new ArrayBufferWriter<byte>((int)Math.Max(total, 1));
        for (var start = 0; start < tokens.Length && text.WrittenCount <= total; start += DetokenizeStep)
        {
            detokenizer.Write(tokens.Slice(start, Math.Min(DetokenizeStep, tokens.Length - start)), text);
        }

        detokenizer.Complete();
        return text.WrittenCount == total
            ? text.WrittenSpan.ToArray()
            : throw new CorruptArchiveException("The decoded text does not have the length in the frame's header.");
    }

    private static List<TextRegion> Cut(DataFrameHeader header, byte[] text, List<int> lengths)
    {
        var regions = new List<TextRegion>();
        var start = 0;
        foreach (var region in header.Regions)
        {
            if (region.Kind == RegionKind.Text)
            {
                var length = lengths[regions.Count];
                regions.Add(new TextRegion((Segment.TransformId)region.TransformId, text[start..(start + length)]));
                start += length;
            }
        }

        return regions;
    }
}
