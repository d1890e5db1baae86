namespace NacrithOnnx.Cli.Host;

/// <summary>The reader of standard output has gone: a quiet end, and no reason to run the model for hours.</summary>
internal sealed class ClosedPipeException(IOException inner) : Exception(inner.Message, inner);
