namespace NacrithOnnx;

/// <summary>The archive breaks a rule of the format.</summary>
public sealed class CorruptArchiveException : NacrithException
{
    /// <summary>Makes the failure.</summary>
    /// <param name="message">One sentence: what is wrong, and where it helps what to do.</param>
    /// <param name="inner">The failure underneath, if any.</param>
    public CorruptArchiveException(string message, Exception? inner = null)
        : base(NacrithErrorCode.Corrupt, message, inner)
    {
    }
}
