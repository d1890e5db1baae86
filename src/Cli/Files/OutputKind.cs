namespace NacrithOnnx.Cli.Files;

/// <summary>How an output is written.</summary>
internal enum OutputKind
{
    /// <summary>A new file; one that appears in the meantime is kept.</summary>
    New,

    /// <summary>A file that replaces another.</summary>
    Replacement,

    /// <summary>A FIFO or device, written to directly.</summary>
    Device,

    /// <summary>An inherited descriptor, such as /dev/stdout, written at its current offset.</summary>
    Descriptor,
}
