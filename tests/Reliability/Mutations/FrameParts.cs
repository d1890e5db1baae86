namespace NacrithOnnx.Tests.Reliability.Mutations;

/// <summary>A frame taken apart.</summary>
internal sealed class FrameParts
{
    public required byte Type { get; set; }

    public required FieldList Fields { get; init; }

    public required byte[] Payload { get; set; }

    /// <summary>Length of the map as it is to be written, if not rightly.</summary>
    public byte[]? MapLength { get; set; }

    /// <summary>Length of the payload as it is to be written, if not rightly.</summary>
    public byte[]? PayloadLength { get; set; }

    /// <summary>Flips of the head's checksum.</summary>
    public byte HeadDamage { get; set; }

    /// <summary>Flips of the payload's checksum.</summary>
    public byte PayloadDamage { get; set; }
}
