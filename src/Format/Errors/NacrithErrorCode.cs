namespace NacrithOnnx;

/// <summary>Stable number of each kind of failure. Numbers are never reused; scripts may rely on them.</summary>
public enum NacrithErrorCode
{
    /// <summary>The input does not begin like an archive of ours.</summary>
    NotAnArchive = 1,

    /// <summary>The archive needs a newer reader, or a feature this reader does not have.</summary>
    UnsupportedVersion = 2,

    /// <summary>The archive breaks a rule of the format.</summary>
    Corrupt = 3,

    /// <summary>The archive ends too early.</summary>
    Truncated = 4,

    /// <summary>The content decoded, but it is not the content that was compressed.</summary>
    Checksum = 5,

    /// <summary>The archive was made with another model, tokenizer or arithmetic.</summary>
    ModelMismatch = 6,

    /// <summary>Decoding would pass a limit on memory, output or work.</summary>
    LimitExceeded = 7,

    /// <summary>Something outside the archive is missing or wrong: a file, the model folder, the processor.</summary>
    Environment = 8,

    /// <summary>The archive or message was made with a dictionary, and another or none was given.</summary>
    DictionaryMismatch = 9,
}
