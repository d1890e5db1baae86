using System.Collections.ObjectModel;

namespace NacrithOnnx.Format;

/// <summary>What holds for all frames of an archive: the header of a large one, the head of a small one.</summary>
public sealed record ArchiveHeader
{
    /// <summary>No parameters.</summary>
    public static IReadOnlyDictionary<string, long> NoParameters { get; } = ReadOnlyDictionary<string, long>.Empty;

    /// <summary>Minor version of the format in which the archive is written.</summary>
    public int MinorVersion { get; init; } = FormatConstants.MinorVersion;

    /// <summary>Whether the archive is a small one: a single frame without a header.</summary>
    public bool IsSmall { get; init; }

    /// <summary>The first bytes of the model's identity. May be null only in an archive without text.</summary>
    public HashPrefix? Model { get; init; }

    /// <summary>The first bytes of the dictionary's SHA-256, if the text of the archive follows one.</summary>
    public HashPrefix? Dictionary { get; init; }

    /// <summary>
    /// Number of the profile; 0 where <see cref="Parameters"/> has the parameters, and where nothing is coded.
    /// </summary>
    public int Profile { get; init; }

    /// <summary>
    /// All parameters of the codec, where no profile has them. Names are 1 to 64 printable ASCII characters without
    /// spaces. The codec defines their meaning and must refuse a name that it does not know. They are written in ordinal
    /// order of the names.
    /// </summary>
    public IReadOnlyDictionary<string, long> Parameters { get; init; } = NoParameters;

    /// <summary>Compression level, 1 to 255, for information only; 0 if unknown.</summary>
    public int Level { get; init; }

    /// <summary>Length of the whole content in bytes, if the writer knew it in advance.</summary>
    public long? OriginalLength { get; init; }

    /// <summary>Whether the header says how to decode coded content.</summary>
    internal bool NamesParameters => Profile != 0 || Parameters.Count > 0;
}
