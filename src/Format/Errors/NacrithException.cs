namespace NacrithOnnx;

/// <summary>Root of every failure that bad input or a bad environment can cause.</summary>
public abstract class NacrithException : Exception
{
    private protected NacrithException(NacrithErrorCode code, string message, Exception? inner = null)
        : base(message, inner)
    {
        Code = code;
    }

    /// <summary>Stable number of the kind of failure.</summary>
    public NacrithErrorCode Code { get; }
}
