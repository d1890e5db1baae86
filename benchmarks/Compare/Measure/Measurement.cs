namespace NacrithOnnx.Compare;

/// <summary>A text compressed and decompressed by a program.</summary>
/// <param name="Text">Name of the text.</param>
/// <param name="Program">The program.</param>
/// <param name="Ours">Whether it is the program of this repository.</param>
/// <param name="Length">Bytes of the text.</param>
/// <param name="Compressed">Bytes of the archive.</param>
/// <param name="CompressSeconds">Time to compress.</param>
/// <param name="DecompressSeconds">Time to decompress.</param>
/// <param name="PeakKibibytes">Peak memory of both directions.</param>
internal sealed record Measurement(
    string Text,
    string Program,
    bool Ours,
    long Length,
    long Compressed,
    double CompressSeconds,
    double DecompressSeconds,
    long PeakKibibytes)
{
    public double BitsPerByte => 8.0 * Compressed / Length;

    /// <summary>KB (1000 bytes) of text per second.</summary>
    public double CompressSpeed => Length / (1000 * CompressSeconds);

    public double DecompressSpeed => Length / (1000 * DecompressSeconds);

    public double PeakMebibytes => PeakKibibytes / 1024.0;

    /// <summary>Combines the texts of one program.</summary>
    public static Measurement Total(IReadOnlyCollection<Measurement> measurements)
    {
        var first = measurements.First();
        return new(
            measurements.Count == 1 ? first.Text : Numbers.Whole(measurements.Count) + " texts",
            first.Program,
            first.Ours,
            measurements.Sum(m => m.Length),
            measurements.Sum(m => m.Compressed),
            measurements.Sum(m => m.CompressSeconds),
            measurements.Sum(m => m.DecompressSeconds),
            measurements.Max(m => m.PeakKibibytes));
    }
}
