namespace NacrithOnnx.Cli.Files;

/// <summary>A file is left alone for a reason of ours; the message says which.</summary>
internal sealed class FileRefusedException(string message) : Exception(message);
