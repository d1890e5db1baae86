namespace NacrithOnnx;

/// <summary>Decoding would pass a limit on memory, output or work.</summary>
public sealed class LimitExceededException : NacrithException
{
    /// <summary>Makes the failure.</summary>
    /// <param name="message">One sentence: what is wrong, and where it helps what to do.</param>
    /// <param name="inner">The failure underneath, if any.</param>
    public LimitExceededException(string message, Exception? inner = null)
        : base(NacrithErrorCode.LimitExceeded, message, inner)
    {
    }
}
