namespace NacrithOnnx.Cli.Report;

/// <summary>What one coder, or one region, took.</summary>
/// <param name="Content">Bytes of content.</param>
/// <param name="Bits">Bits in the archive.</param>
internal readonly record struct CoderTotal(long Content, double Bits)
{
    /// <summary>Bytes in the archive; a part of a byte is no rounding error where a text takes few of them.</summary>
    public double Bytes => Bits / 8;

    public double BitsPerByte => Content == 0 ? 0 : Bits / Content;

    public static CoderTotal operator +(CoderTotal left, CoderTotal right) =>
        new(left.Content + right.Content, left.Bits + right.Bits);
}
