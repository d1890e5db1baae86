namespace NacrithOnnx.Cli.Arguments;

/// <summary>Headings of the help text, in order.</summary>
internal enum FlagGroup
{
    Operation,
    Files,
    Compression,
    Decompression,
    Messages,
    Reports,
    Other,
}
