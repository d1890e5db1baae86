namespace NacrithOnnx.Cli.Arguments;

/// <summary>The command line asks for something that does not exist or does not make sense.</summary>
internal sealed class UsageException(string message) : Exception(message);
