using NacrithOnnx.Format;

namespace NacrithOnnx.Runtime.Frame;

/// <summary>A compressed frame, ready for the container.</summary>
internal sealed record CompressedFrame(Region[] Regions, TextSection Text, byte[] TextPayload, byte[] BytesPayload)
{
    /// <summary>Bytes that the regions take in the archive, without the head of the frame.</summary>
    public int Length
    {
        get
        {
            var length = TextPayload.Length + BytesPayload.Length;
            foreach (var region in Regions)
            {
                length += region.Kind == RegionKind.Stored ? region.OriginalLength : 0;
            }

            return length;
        }
    }
}
