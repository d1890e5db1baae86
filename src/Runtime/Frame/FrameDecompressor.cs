using NacrithOnnx.Format;
using NacrithOnnx.Runtime.Bytes;
using NacrithOnnx.Runtime.Engine;
using NacrithOnnx.Runtime.Segment;

namespace NacrithOnnx.Runtime.Frame;

/// <summary>Decompresses frame bodies. The caller verifies the check of the content.</summary>
/// <param name="profile">The parameters.</param>
/// <param name="dictionary">The dictionary before the text, or null.</param>
/// <param name="memoryLimit">Maximum bytes of memory.</param>
internal sealed class FrameDecompressor(
    Profile profile, NacrithDictionary? dictionary, long memoryLimit = long.MaxValue)
{
    /// <summary>Content without text that takes less time than a thread to start: some 10 ms where it is coded.</summary>
    private const int BriefLength = 4096;

    /// <summary>Whether a body needs no model and hardly any time. It then needs no turn.</summary>
    public static bool IsBrief(BodyHead head) => !HasText(head) && head.ContentLength <= BriefLength;

    /// <summary>Decompresses a body.</summary>
    /// <param name="body">The body.</param>
    /// <param name="maxLength">Maximum bytes of content.</param>
    /// <param name="turn">The engine's turn; none is needed if <see cref="IsBrief"/>.</param>
    /// <param name="tracker">Receives progress; cancels.</param>
    /// <exception cref="NacrithException">The body is damaged, needs a newer version, or exceeds a limit.</exception>
    public byte[] Decompress(FrameBody body, int maxLength, Turn turn, FrameTracker tracker)
    {
        tracker.Cancel.ThrowIfCancellationRequested();
        var head = body.Head;
        var trace = tracker.Observer is null ? null : new TextTrace();
        var text = HasText(head) ? DecodeText(body, maxLength, turn, tracker, trace) : [];
        var content = head.EndsWithTokens
            ? TextTransform.InvertUpTo((TransformId)head.Regions[0].TransformId, text, maxLength)
            : Join(body, text);
        FrameReport.Send(tracker.Observer, content, head.Regions, trace, body.BytesPayload.Span, profile.Bytes);
        return content;
    }

    private byte[] Join(FrameBody body, ReadOnlySpan<byte> text)
    {
        var head = body.Head;
        var bytes = new byte[head.BytesLength];
        if (bytes.Length > 0)
        {
            ByteCoder.Decompress(body.BytesPayload.Span, bytes, profile.Bytes);
        }

        return Join(head, text, bytes, body.Stored.Span);
    }

    private static bool HasText(BodyHead head) => head.EndsWithTokens || head.TextLength > 0;

    private byte[] DecodeText(
        FrameBody body, int maxLength, Turn turn, FrameTracker tracker, TextTrace? trace)
    {
        var head = body.Head;
        var memory = new FrameMemory(
            turn.Memory, profile, memoryLimit, head.ContentLength, dictionary is not null, compresses: false);
        var rows = memory.Rows(profile.Lanes.Layout(head.TokenCount));

        // A token is coded in a byte or so. Learning a dictionary takes calls of many rows, for which packed weights are worth
        // their memory.
        var calls = dictionary is null || memory.IsLimited
            ? Turn.CallsOfUnknown(body.TextPayload.Length)
            : Turn.CallsOfKnown(dictionary.Text.Length);
        var codec = turn.TextCodec(profile.TextKey, calls);
        codec.MaxRows = rows;
        var prepared = dictionary is null
            ? null
            : turn.Prepare(dictionary, profile.TextKey, codec, (_, _) => tracker.Cancel.ThrowIfCancellationRequested());
        return codec.Decode(
            body, profile.Lanes, prepared, MaxText(head, maxLength), memory.Rows,
            (done, total) => tracker.Tokens(done, total, body.TextPayload.Length, head.ContentLength), trace);
    }

    /// <summary>Maximum bytes of transformed text in a frame.</summary>
    private static long MaxText(BodyHead head, int maxLength)
    {
        if (head.Regions.Length == 1)
        {
            var length = head.EndsWithTokens ? maxLength : head.ContentLength;
            return head.Regions[0].TransformId == 0 ? length : (long)length * BodyRules.MaxTransformGrowth;
        }

        long total = 0;
        foreach (var region in head.Regions)
        {
            total += region.Kind == RegionKind.Text ? CodedLength(region) : 0;
        }

        return total;
    }

    private static int CodedLength(Region region) =>
        region.TransformId == 0 ? region.OriginalLength : region.TransformedLength;

    /// <summary>Joins the regions of a frame.</summary>
    private static byte[] Join(
        BodyHead head, ReadOnlySpan<byte> text, ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> stored)
    {
        var content = new byte[head.ContentLength];
        var position = 0;
        foreach (var region in head.Regions)
        {
            var target = content.AsSpan(position, region.OriginalLength);
            position += region.OriginalLength;
            switch (region.Kind)
            {
                case RegionKind.Text:
                    // The only text region with a transform ends where the tokens end.
                    var length = head.Regions.Length == 1 ? text.Length : CodedLength(region);
                    var coded = Take(ref text, length);
                    TextTransform.Invert((TransformId)region.TransformId, coded, target.Length).CopyTo(target);
                    break;
                case RegionKind.Bytes:
                    Take(ref bytes, target.Length).CopyTo(target);
                    break;
                default:
                    Take(ref stored, target.Length).CopyTo(target);
                    break;
            }
        }

        return text.IsEmpty
            ? content
            : throw new CorruptArchiveException("The decoded text is longer than its frame says.");
    }

    private static ReadOnlySpan<byte> Take(ref ReadOnlySpan<byte> source, int length)
    {
        if (length > source.Length)
        {
            throw new CorruptArchiveException("The decoded text is shorter than its frame says.");
        }

        var taken = source[..length];
        source = source[length..];
        return taken;
    }
}
