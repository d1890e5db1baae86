namespace NacrithOnnx.Tests.Reliability.Mutations;

/// <summary>A parsed frame.</summary>
internal sealed class FrameParts
{
    public required byte Type { get; set; }

    public required FieldList Fields { get; init; }

    public required byte[] Payload { get; set; }

    /// <summary>Length to write for the map, if not the correct one.</summary>
    public byte[]? MapLength { get; set; }

    /// <summary>Length to write for the payload, if not the correct one.</summary>
    public byte[]? PayloadLength { get; set; }

    /// <summary>Bits of the head's checksum to flip.</summary>
    public byte HeadDamage { get; set; }

    /// <summary>Bits of the payload's checksum to flip.</summary>
    public byte PayloadDamage { get; set; }
}
