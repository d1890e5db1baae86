namespace NacrithOnnx;

/// <summary>The archive ends too early.</summary>
public sealed class TruncatedArchiveException : NacrithException
{
    /// <summary>Makes the failure.</summary>
    /// <param name="message">One sentence: what is wrong, and where it helps what to do.</param>
    /// <param name="inner">The failure underneath, if any.</param>
    public TruncatedArchiveException(string message, Exception? inner = null)
        : base(NacrithErrorCode.Truncated, message, inner)
    {
    }
}
