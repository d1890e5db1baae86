namespace NacrithOnnx.Runtime.Mix;

/// <summary>One token that followed a context.</summary>
internal struct ContextEntry
{
    /// <summary>The token; valid if <see cref="Count"/> is not 0.</summary>
    internal int Token;

    /// <summary>How often it followed; 0 means the entry is free.</summary>
    internal int Count;

    /// <summary>Log-odds learned for the token in this context, in nats.</summary>
    internal float LogOdds;
}
