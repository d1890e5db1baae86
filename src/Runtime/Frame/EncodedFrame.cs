using NacrithOnnx.Format;

namespace NacrithOnnx.Runtime.Frame;

/// <summary>A coded frame, ready for the container.</summary>
internal sealed record EncodedFrame(Region[] Regions, TextSection Text, byte[] TextPayload, byte[] BytesPayload);
