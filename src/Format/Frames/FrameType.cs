namespace NacrithOnnx.Format;

/// <summary>The first byte of a frame in a large archive.</summary>
public enum FrameType : byte
{
    /// <summary>Part of the content.</summary>
    Data = 0x01,

    /// <summary>The offset of each data frame.</summary>
    Index = 0x02,

    /// <summary>The last frame of an archive, with totals and the hash of the whole content.</summary>
    End = 0x03,

    /// <summary>First type of the frames that belong to other programs; readers skip them.</summary>
    FirstSkippable = 0x40,

    /// <summary>Last type of the skippable frames.</summary>
    LastSkippable = 0x4F,
}
