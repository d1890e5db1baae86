namespace NacrithOnnx.Cli.Host;

/// <summary>The reader of standard output is gone: the program ends quietly instead of running the model for hours.</summary>
internal sealed class ClosedPipeException(IOException inner) : Exception(inner.Message, inner);
