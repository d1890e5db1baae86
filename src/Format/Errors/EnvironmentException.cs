namespace NacrithOnnx;

/// <summary>Something outside the archive is missing or wrong.</summary>
public sealed class EnvironmentException : NacrithException
{
    /// <summary>Makes the failure.</summary>
    /// <param name="message">One sentence: what is wrong, and where it helps what to do.</param>
    /// <param name="inner">The failure underneath, if any.</param>
    public EnvironmentException(string message, Exception? inner = null)
        : base(NacrithErrorCode.Environment, message, inner)
    {
    }
}
