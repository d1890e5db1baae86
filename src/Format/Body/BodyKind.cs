namespace NacrithOnnx.Format;

/// <summary>What a frame body consists of: bits 7 and 6 of its tag.</summary>
public enum BodyKind : byte
{
    /// <summary>The content as it is. The only kind without a profile, and the one of an empty content.</summary>
    Stored = 0,

    /// <summary>One text region.</summary>
    Text = 1,

    /// <summary>One region of the byte coder.</summary>
    Bytes = 2,

    /// <summary>A list of 2 to 4096 regions.</summary>
    Regions = 3,
}
