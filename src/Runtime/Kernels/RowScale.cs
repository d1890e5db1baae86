namespace NacrithOnnx.Runtime.Kernels;

/// <summary>How one row of floats becomes integers: multiply by <see cref="Inverse"/> and round.</summary>
internal readonly struct RowScale
{
    private RowScale(float inverse, float scale)
    {
        Inverse = inverse;
        Scale = scale;
    }

    /// <summary>From float to integer.</summary>
    public float Inverse { get; }

    /// <summary>From integer to float.</summary>
    public float Scale { get; }

    /// <param name="absMax">Largest magnitude in the row.</param>
    /// <param name="limit">The integer that it maps to.</param>
    public static RowScale Of(float absMax, float limit)
    {
        var max = absMax > ExactArithmetic.Tiny ? absMax : ExactArithmetic.Tiny;
        return new RowScale(limit / max, max / limit);
    }
}
