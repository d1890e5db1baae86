namespace NacrithOnnx.Format;

/// <summary>First byte of a frame.</summary>
public enum FrameType : byte
{
    /// <summary>A piece of the content.</summary>
    Data = 0x01,

    /// <summary>The whole content in one frame. The archive ends behind it, without an end frame.</summary>
    Sole = 0x02,

    /// <summary>Where each data frame begins.</summary>
    Index = 0x03,

    /// <summary>The last frame of an archive, with totals and the hash of the whole content.</summary>
    End = 0x04,

    /// <summary>First type of the frames that belong to other programs and are skipped.</summary>
    FirstSkippable = 0x40,

    /// <summary>Last type of the frames that are skipped.</summary>
    LastSkippable = 0x4F,
}
