using System.Collections.ObjectModel;

namespace NacrithOnnx.Format;

/// <summary>What an archive says about itself before its first frame.</summary>
public sealed class ArchiveHeader
{
    /// <summary>No parameters.</summary>
    public static IReadOnlyDictionary<string, long> NoParameters { get; } = ReadOnlyDictionary<string, long>.Empty;

    /// <summary>Minor version of the format the archive was written in.</summary>
    public int MinorVersion { get; init; } = FormatConstants.MinorVersion;

    /// <summary>Model, tokenizer and arithmetic. Null only in an archive without text regions.</summary>
    public CodecIdentity? Codec { get; init; }

    /// <summary>Level the archive was made with, 0 to 255, for the reader's information; 0 if not said.</summary>
    public int Level { get; init; }

    /// <summary>Length of the whole original content in bytes, where the writer knew it in advance.</summary>
    public long? OriginalLength { get; init; }

    /// <summary>
    /// Every hyper-parameter of the codec. Names are 1 to 64 printable ASCII characters without blanks; what they mean
    /// is the codec's matter, and a codec must refuse one it does not know. Written in ordinal order of the names.
    /// </summary>
    public IReadOnlyDictionary<string, long> Parameters { get; init; } = NoParameters;
}
