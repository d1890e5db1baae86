using System.Buffers;
using System.Runtime.InteropServices;
using NacrithOnnx.Format;
using NacrithOnnx.Runtime.Bytes;
using NacrithOnnx.Runtime.Engine;
using NacrithOnnx.Runtime.Frame;
using NacrithOnnx.Runtime.Segment;
using NacrithOnnx.Runtime.Text;

namespace NacrithOnnx.Runtime.Message;

/// <summary>
/// Compresses content into a frame body. Content is split into regions: text goes to the language model, other bytes to
/// the byte coder, and what neither makes smaller is stored.
/// </summary>
/// <param name="profile">The parameters.</param>
/// <param name="dictionary">The dictionary before the text, or null.</param>
internal sealed class BodyCompressor(Profile profile, NacrithDictionary? dictionary)
{
    /// <summary>
    /// Content up to this length is coded both as one text and as bytes, whatever the segmenter proposes: estimates for
    /// so few bytes are too uncertain, and the model codes them in less than a second.
    /// </summary>
    private const int TrialLength = 4096;

    private readonly TextCodecKey _key = BodyText.Key(profile);

    /// <summary>Compresses; only text uses the model.</summary>
    /// <param name="content">The content.</param>
    /// <param name="turn">The engine's turn.</param>
    /// <param name="tracker">Receives progress; cancels.</param>
    public CompressedBody Compress(ReadOnlySpan<byte> content, Turn turn, ProgressTracker tracker)
    {
        tracker.Cancel.ThrowIfCancellationRequested();
        if (content.IsEmpty)
        {
            return CompressedBody.Stored(content);
        }

        var stretches = Segmenter.Split(content);
        if (content.Length > TrialLength)
        {
            return Smallest(content, Compress(content, stretches, turn, tracker));
        }

        var bytes = Compress(content, [new Stretch(RegionKind.Bytes, 0, content.Length)], turn, tracker);
        var best = Smallest(content, bytes);
        if (BodyText.MayBe(content))
        {
            var text = Compress(content, [new Stretch(RegionKind.Text, 0, content.Length)], turn, tracker);
            best = Smallest(content, best, text);
        }

        return stretches.Count == 1
            ? best
            : Smallest(content, best, Compress(content, stretches, turn, tracker));
    }

    /// <summary>
    /// The smallest body of the same content, the first of equals; stored if none is smaller than the content.
    /// </summary>
    private static CompressedBody Smallest(ReadOnlySpan<byte> content, params ReadOnlySpan<CompressedBody> bodies)
    {
        var best = CompressedBody.Stored(content);
        var length = best.Length(content);
        foreach (var body in bodies)
        {
            var other = body.Length(content);
            (best, length) = other < length ? (body, other) : (best, length);
        }

        return best;
    }

    private CompressedBody Compress(
        ReadOnlySpan<byte> content, IReadOnlyList<Stretch> stretches, Turn turn, ProgressTracker tracker)
    {
        var regions = new Region[stretches.Count];
        for (var i = 0; i < regions.Length; i++)
        {
            regions[i] = new Region(stretches[i].Kind, 0, stretches[i].Length);
        }

        var textPayload = new ArrayBufferWriter<byte>();
        var coded = default(CodedText);
        if (Length(regions, RegionKind.Text) > 0)
        {
            coded = EncodeText(content, regions, turn, tracker, textPayload);
            if (textPayload.WrittenCount >= Length(regions, RegionKind.Text))
            {
                // Text that the model only makes larger is treated as bytes.
                Replace(regions, RegionKind.Text, RegionKind.Bytes);
                textPayload.Clear();
                coded = default;
            }
        }

        var bytesPayload = EncodeBytes(content, regions);
        return new CompressedBody(
            profile.Number, dictionary is not null, Join(regions), coded, textPayload.WrittenSpan.ToArray(), bytesPayload);
    }

    /// <summary>Codes the text regions, and sets their transforms.</summary>
    private CodedText EncodeText(
        ReadOnlySpan<byte> content, Region[] regions, Turn turn, ProgressTracker tracker, ArrayBufferWriter<byte> payload)
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

        var prepared = dictionary is null
            ? null
            : turn.Prepare(dictionary, _key, (_, _) => tracker.Cancel.ThrowIfCancellationRequested());
        var length = Length(regions);
        return turn.BodyText(_key).Encode(
            CollectionsMarshal.AsSpan(texts), profile.Lanes, prepared, payload,
            (done, total) => tracker.Tokens(done, total, length, 0));
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
