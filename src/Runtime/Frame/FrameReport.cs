using NacrithOnnx.Format;
using NacrithOnnx.Runtime.Bytes;

namespace NacrithOnnx.Runtime.Frame;

/// <summary>Tells an observer how a frame was coded.</summary>
internal static class FrameReport
{
    /// <summary>Reports a frame, unless nobody observes.</summary>
    /// <param name="observer">The observer; null for nobody.</param>
    /// <param name="content">The content.</param>
    /// <param name="regions">Its regions.</param>
    /// <param name="trace">Its tokens; null if it has none.</param>
    /// <param name="bytesPayload">What the byte coder made; empty if nothing.</param>
    /// <param name="settings">The byte coder's.</param>
    public static void Send(
        IFrameObserver? observer, ReadOnlySpan<byte> content, ReadOnlySpan<Region> regions, TextTrace? trace,
        ReadOnlySpan<byte> bytesPayload, ByteCoderSettings settings)
    {
        if (observer is null || content.IsEmpty)
        {
            return;
        }

        var traced = new RegionTrace[regions.Length];
        var bytes = new List<byte>();
        var position = 0;
        for (var i = 0; i < traced.Length; i++)
        {
            var region = regions[i];

            // The only region of a small archive has no length, and a transformed one no second length.
            var isOnly = traced.Length == 1;
            var length = isOnly ? content.Length : region.OriginalLength;
            var textLength = isOnly && trace is not null ? trace.Text.Length
                : region.TransformId == 0 ? length : region.TransformedLength;
            if (region.Kind == RegionKind.Bytes)
            {
                bytes.AddRange(content.Slice(position, length));
            }

            traced[i] = new(region.Kind, region.TransformId, length, region.Kind == RegionKind.Text ? textLength : 0);
            position += length;
        }

        var costs = bytes.Count > 0 ? ByteCoder.Costs([.. bytes], bytesPayload, settings) : [];
        observer.Coded(new(traced, trace, costs));
    }
}
