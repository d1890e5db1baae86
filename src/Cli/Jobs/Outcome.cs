namespace NacrithOnnx.Cli.Jobs;

/// <summary>What a finished job did.</summary>
/// <param name="Input">Name of the input, - for standard input.</param>
/// <param name="Output">Name of the output; null where nothing was written.</param>
/// <param name="ContentBytes">Length of the content.</param>
/// <param name="ArchiveBytes">Length of the archive.</param>
/// <param name="Tokens">Tokens predicted.</param>
/// <param name="Elapsed">Time taken.</param>
internal readonly record struct Outcome(
    string Input, string? Output, long ContentBytes, long ArchiveBytes, long Tokens, TimeSpan Elapsed);
