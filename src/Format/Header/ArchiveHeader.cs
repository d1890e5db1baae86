using System.Collections.ObjectModel;

namespace NacrithOnnx.Format;

/// <summary>The header of an archive, before its first frame.</summary>
public sealed class ArchiveHeader
{
    /// <summary>No parameters.</summary>
    public static IReadOnlyDictionary<string, long> NoParameters { get; } = ReadOnlyDictionary<string, long>.Empty;

    /// <summary>Minor version of the format in which the archive is written.</summary>
    public int MinorVersion { get; init; } = FormatConstants.MinorVersion;

    /// <summary>Model, tokenizer and arithmetic. May be null only in an archive without text regions.</summary>
    public CodecIdentity? Codec { get; init; }

    /// <summary>Compression level, 1 to 255, for information only; 0 if unknown.</summary>
    public int Level { get; init; }

    /// <summary>Length of the whole content in bytes, if the writer knew it in advance.</summary>
    public long? OriginalLength { get; init; }

    /// <summary>
    /// The parameters of the codec. Names are 1 to 64 printable ASCII characters without spaces. The codec defines
    /// their meaning and must refuse a name that it does not know. They are written in ordinal order of the names.
    /// </summary>
    public IReadOnlyDictionary<string, long> Parameters { get; init; } = NoParameters;
}
