using System.Buffers;
using System.Runtime.InteropServices;
using NacrithOnnx.Format;
using NacrithOnnx.Runtime.Bytes;
using NacrithOnnx.Runtime.Engine;
using NacrithOnnx.Runtime.Segment;
using NacrithOnnx.Runtime.Text;

namespace NacrithOnnx.Runtime.Frame;

/// <summary>
/// Compresses content into frame bodies. Content is split into regions: text goes to the language model, other bytes to
/// the byte coder, and what neither makes smaller is stored.
/// </summary>
/// <param name="profile">The parameters.</param>
/// <param name="dictionary">The dictionary before the text, or null.</param>
/// <param name="memoryLimit">Maximum bytes of memory.</param>
internal sealed class FrameCompressor(
    Profile profile, NacrithDictionary? dictionary, long memoryLimit = long.MaxValue)
{
    /// <summary>
    /// Content up to this length is coded both as one text and as bytes, whatever the segmenter proposes: estimates for
    /// so few bytes are too uncertain, and the model codes them in less than a second.
    /// </summary>
    private const int TrialLength = 4096;

    /// <summary>Compresses; only text uses the model. An observer learns of the frame that was chosen.</summary>
    /// <param name="content">The content.</param>
    /// <param name="container">What the body will lie in: what it costs there decides between coders.</param>
    /// <param name="turn">The engine's turn.</param>
    /// <param name="tracker">Receives progress; cancels.</param>
    public CompressedFrame Compress(
        ReadOnlySpan<byte> content, BodyContainer container, Turn turn, FrameTracker tracker)
    {
        tracker.Cancel.ThrowIfCancellationRequested();
        var frame = Choose(content, container, turn, tracker);
        FrameReport.Send(tracker.Observer, content, frame.Regions, frame.Trace, frame.BytesPayload, profile.Bytes);
        return frame;
    }

    private CompressedFrame Choose(
        ReadOnlySpan<byte> content, BodyContainer container, Turn turn, FrameTracker tracker)
    {
        if (content.IsEmpty)
        {
            return CompressedFrame.Stored(content);
        }

        var stretches = Segmenter.Split(content);
        if (!turn.TriesCoders)
        {
            return Smallest(content, container, Compress(content, stretches, dictionary, turn, tracker));
        }

        return content.Length <= TrialLength
            ? CompressShort(content, stretches, container, turn, tracker)
            : CompressLong(content, stretches, container, turn, tracker);
    }

    private CompressedFrame CompressShort(
        ReadOnlySpan<byte> content, IReadOnlyList<Stretch> stretches, BodyContainer container, Turn turn,
        FrameTracker tracker)
    {
        var whole = new Stretch(RegionKind.Bytes, 0, content.Length);
        var bytes = Compress(content, [whole], null, turn, tracker);
        var best = Smallest(content, container, bytes);
        if (bytes.BytesPayload.Length > 0 && RegionTrial.IsRepetitive(bytes.BytesPayload.Length, content.Length))
        {
            return best;
        }

        var mayBeText = PlausibleText.Is(content);

        // Only in a small archive does a dictionary cost bytes, its hash: without them it need not be dropped.
        var drops = dictionary is not null && container == BodyContainer.SmallArchive;
        foreach (var before in (ReadOnlySpan<NacrithDictionary?>)(drops ? [dictionary, null] : [dictionary]))
        {
            if (mayBeText)
            {
                Stretch[] text = [whole with { Kind = RegionKind.Text }];
                best = Smallest(content, container, best, Compress(content, text, before, turn, tracker));
            }

            if (stretches.Count > 1)
            {
                best = Smallest(content, container, best, Compress(content, stretches, before, turn, tracker));
            }
        }

        return best;
    }

    private CompressedFrame CompressLong(
        ReadOnlySpan<byte> content, IReadOnlyList<Stretch> stretches, BodyContainer container, Turn turn,
        FrameTracker tracker)
    {
        var length = content.Length;
        stretches = RegionTrial.Settle(content, stretches, () => TextCodec(length, turn, tracker), profile.Bytes);
        if (content.Length > RegionTrial.WholeLength || stretches.All(stretch => stretch.Kind != RegionKind.Text))
        {
            return Smallest(content, container, Compress(content, stretches, dictionary, turn, tracker));
        }

        Stretch[] bytes = [.. stretches.Select(
            stretch => stretch.Kind == RegionKind.Text ? stretch with { Kind = RegionKind.Bytes } : stretch)];

        // Bytes first: the byte coder's tables are then gone before the large caches for the text are there.
        var asBytes = Compress(content, bytes, null, turn, tracker);
        return Smallest(content, container, asBytes, Compress(content, stretches, dictionary, turn, tracker));
    }

    /// <summary>
    /// The smallest body of the same content, the first of equals; stored if none is smaller than the content.
    /// </summary>
    private static CompressedFrame Smallest(
        ReadOnlySpan<byte> content, BodyContainer container, params ReadOnlySpan<CompressedFrame> frames)
    {
        var best = CompressedFrame.Stored(content);
        var length = best.Length(content, container);
        foreach (var frame in frames)
        {
            var other = frame.Length(content, container);
            (best, length) = other < length ? (frame, other) : (best, length);
        }

        return best;
    }

    /// <param name="length">Bytes of text.</param>
    /// <param name="turn">The engine's turn.</param>
    /// <param name="tracker">Cancels.</param>
    /// <param name="learned">Bytes of the dictionary that is learned before it.</param>
    private TextSectionCodec TextCodec(int length, Turn turn, FrameTracker tracker, int learned = 0)
    {
        tracker.Cancel.ThrowIfCancellationRequested();
        var memory = Memory(length, turn);
        var rows = memory.SampleRows();
        var codec = turn.TextCodec(profile.TextKey, memory.IsLimited ? int.MaxValue : Turn.CallsOfKnown(length + learned));
        codec.MaxRows = rows;
        return codec;
    }

    private FrameMemory Memory(int length, Turn turn) =>
        new(turn.Memory, profile, memoryLimit, length, dictionary is not null, compresses: true);

    private CompressedFrame Compress(
        ReadOnlySpan<byte> content, IReadOnlyList<Stretch> stretches, NacrithDictionary? before, Turn turn,
        FrameTracker tracker)
    {
        var regions = new Region[stretches.Count];
        for (var i = 0; i < regions.Length; i++)
        {
            regions[i] = new Region(stretches[i].Kind, 0, stretches[i].Length);
        }

        var textPayload = new ArrayBufferWriter<byte>();
        var coded = default(CodedText);
        var trace = tracker.Observer is null ? null : new TextTrace();
        if (Length(regions, RegionKind.Text) > 0)
        {
            coded = EncodeText(content, regions, before, turn, tracker, textPayload, trace);
            if (textPayload.WrittenCount >= Length(regions, RegionKind.Text))
            {
                // Text that the model only makes larger is treated as bytes.
                Replace(regions, RegionKind.Text, RegionKind.Bytes);
                textPayload.Clear();
                coded = default;
                trace = null;
            }
        }

        var bytesPayload = EncodeBytes(content, regions);
        return new CompressedFrame(
            profile.Number, before is not null, Join(regions), coded, textPayload.WrittenSpan.ToArray(), bytesPayload)
        {
            Trace = trace,
        };
    }

    /// <summary>Codes the text regions, and sets their transforms.</summary>
    private CodedText EncodeText(
        ReadOnlySpan<byte> content, Region[] regions, NacrithDictionary? before, Turn turn, FrameTracker tracker,
        ArrayBufferWriter<byte> payload, TextTrace? trace)
    {
        var texts = new List<TextRegion>();
        foreach (ref var region in regions.AsSpan())
        {
            var original = content[..region.OriginalLength];
            content = content[region.OriginalLength..];
            if (region.Kind == RegionKind.Text)
            {
                var transform = TextTransform.Choose(original);
                var text = TextTransform.Apply(transform, original);
                texts.Add(new TextRegion(transform, text));
                region = region with
                {
                    TransformId = (int)transform,
                    TransformedLength = transform == TransformId.None || regions.Length == 1 ? 0 : text.Length,
                };
            }
        }

        var length = Length(regions);
        var codec = TextCodec(length, turn, tracker, before?.Text.Length ?? 0);
        var prepared = before is null
            ? null
            : turn.Prepare(before, profile.TextKey, codec, (_, _) => tracker.Cancel.ThrowIfCancellationRequested());
        return codec.Encode(
            CollectionsMarshal.AsSpan(texts), profile.Lanes, prepared, Memory(length, turn).Rows, payload,
            (done, total) => tracker.Tokens(done, total, length, 0), trace);
    }

    /// <summary>Codes the regions of other bytes; stores them if that is not longer.</summary>
    private byte[] EncodeBytes(ReadOnlySpan<byte> content, Region[] regions)
    {
        var length = Length(regions, RegionKind.Bytes);
        if (length == 0)
        {
            return [];
        }

        var input = new byte[length];
        var rest = input.AsSpan();
        foreach (var region in regions)
        {
            if (region.Kind == RegionKind.Bytes)
            {
                content[..region.OriginalLength].CopyTo(rest);
                rest = rest[region.OriginalLength..];
            }

            content = content[region.OriginalLength..];
        }

        var payload = ByteCoder.Compress(input, profile.Bytes);
        if (payload.Length < length)
        {
            return payload;
        }

        Replace(regions, RegionKind.Bytes, RegionKind.Stored);
        return [];
    }

    private static int Length(ReadOnlySpan<Region> regions, RegionKind? kind = null)
    {
        var length = 0;
        foreach (var region in regions)
        {
            length += kind is null || region.Kind == kind ? region.OriginalLength : 0;
        }

        return length;
    }

    /// <summary>Assigns regions to another coder, without a transform.</summary>
    private static void Replace(Span<Region> regions, RegionKind from, RegionKind to)
    {
        foreach (ref var region in regions)
        {
            region = region.Kind == from ? new Region(to, 0, region.OriginalLength) : region;
        }
    }

    /// <summary>Joins neighbouring regions of one kind, except text, whose regions may have transforms.</summary>
    private static Region[] Join(ReadOnlySpan<Region> regions)
    {
        var joined = new List<Region>();
        foreach (var region in regions)
        {
            if (joined.Count > 0 && joined[^1].Kind == region.Kind && region.Kind != RegionKind.Text)
            {
                joined[^1] = region with { OriginalLength = joined[^1].OriginalLength + region.OriginalLength };
            }
            else
            {
                joined.Add(region);
            }
        }

        return [.. joined];
    }
}
