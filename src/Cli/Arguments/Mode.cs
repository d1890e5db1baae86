namespace NacrithOnnx.Cli.Arguments;

/// <summary>What to do with each file.</summary>
internal enum Mode
{
    Compress,
    Decompress,
    Test,
    List,
    Try,
    Join,
    Help,
    Version,
}
