namespace NacrithOnnx.Cli.Jobs;

/// <summary>A new archive does not decode to its input: a bug or faulty memory, not a problem of the input.</summary>
internal sealed class VerificationException(Exception? inner)
    : Exception("the new archive does not decode to the input and is not kept; this is a bug, please report it", inner);
