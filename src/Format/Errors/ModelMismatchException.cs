namespace NacrithOnnx;

/// <summary>The archive was made with another model, tokenizer or arithmetic.</summary>
public sealed class ModelMismatchException : NacrithException
{
    /// <summary>Makes the failure.</summary>
    /// <param name="message">One sentence: what is wrong, and where it helps what to do.</param>
    /// <param name="inner">The failure underneath, if any.</param>
    public ModelMismatchException(string message, Exception? inner = null)
        : base(NacrithErrorCode.ModelMismatch, message, inner)
    {
    }
}
