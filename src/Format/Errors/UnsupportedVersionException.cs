namespace NacrithOnnx;

/// <summary>The archive needs a newer reader or an unknown feature.</summary>
public sealed class UnsupportedVersionException : NacrithException
{
    /// <summary>Makes the failure.</summary>
    /// <param name="message">One sentence: what is wrong, and where it helps what to do.</param>
    /// <param name="inner">The failure underneath, if any.</param>
    public UnsupportedVersionException(string message, Exception? inner = null)
        : base(NacrithErrorCode.UnsupportedVersion, message, inner)
    {
    }
}
