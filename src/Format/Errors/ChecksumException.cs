namespace NacrithOnnx;

/// <summary>The decoded content differs from what was compressed.</summary>
public sealed class ChecksumException : NacrithException
{
    /// <summary>Makes the failure.</summary>
    /// <param name="message">One sentence: what is wrong, and where it helps what to do.</param>
    /// <param name="inner">The failure underneath, if any.</param>
    public ChecksumException(string message, Exception? inner = null)
        : base(NacrithErrorCode.Checksum, message, inner)
    {
    }
}
