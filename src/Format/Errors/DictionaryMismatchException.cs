namespace NacrithOnnx;

/// <summary>The archive or message was made with a dictionary that is not the one given.</summary>
public sealed class DictionaryMismatchException : NacrithException
{
    /// <summary>Makes the failure.</summary>
    /// <param name="message">One sentence: what is wrong, and where it helps what to do.</param>
    /// <param name="inner">The failure underneath, if any.</param>
    public DictionaryMismatchException(string message, Exception? inner = null)
        : base(NacrithErrorCode.DictionaryMismatch, message, inner)
    {
    }
}
