namespace NacrithOnnx.Cli.Host;

/// <summary>Standard output cannot be written: every further input would fail too, so the run ends.</summary>
internal sealed class OutputFailedException(string reason, Exception? inner = null) : Exception(reason, inner)
{
    /// <summary>Its name in messages.</summary>
    public const string Name = "standard output";
}
