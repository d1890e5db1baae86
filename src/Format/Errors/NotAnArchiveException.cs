namespace NacrithOnnx;

/// <summary>The input does not begin like an archive of ours.</summary>
public sealed class NotAnArchiveException : NacrithException
{
    /// <summary>Makes the failure.</summary>
    /// <param name="message">One sentence: what is wrong, and where it helps what to do.</param>
    /// <param name="inner">The failure underneath, if any.</param>
    public NotAnArchiveException(string message, Exception? inner = null)
        : base(NacrithErrorCode.NotAnArchive, message, inner)
    {
    }
}
