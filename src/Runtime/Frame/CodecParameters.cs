using NacrithOnnx.Format;
using NacrithOnnx.Runtime.Bytes;
using NacrithOnnx.Runtime.Mix;
using NacrithOnnx.Runtime.Predict;

namespace NacrithOnnx.Runtime.Frame;

/// <summary>
/// Everything that decides how payloads are decoded and is not in the frames. It stands in the archive's header, so no
/// later default can break an old archive.
/// </summary>
internal sealed record CodecParameters(WindowSettings Window, PredictorSettings Predictor, ByteCoderSettings Bytes)
{
    private const string Context = "context";
    private const string Keep = "keep";
    private const string ByteMemory = "byte_memory_bits";

    /// <summary>As named numbers for the header.</summary>
    public IReadOnlyDictionary<string, long> ToHeader()
    {
        var values = new SortedDictionary<string, long>(StringComparer.Ordinal)
        {
            [Context] = Window.Context,
            [Keep] = Window.Keep,
            [ByteMemory] = Bytes.MemoryBits,
        };
        PredictorSettings.AddTo(values);
        return values;
    }

    /// <summary>Reads them back.</summary>
    /// <param name="values">The header's numbers.</param>
    /// <param name="positions">Longest context of the model.</param>
    /// <exception cref="UnsupportedVersionException">There is a parameter of a later version.</exception>
    /// <exception cref="CorruptArchiveException">A parameter is missing or out of range.</exception>
    public static CodecParameters FromHeader(IReadOnlyDictionary<string, long> values, int positions)
    {
        var left = new Dictionary<string, long>(values);
        var context = Take(left, Context, 2, positions);
        var window = new WindowSettings(context, Take(left, Keep, 1, context - 1));
        var bytes = new ByteCoderSettings(
            Take(left, ByteMemory, ByteCoderSettings.MinMemoryBits, ByteCoderSettings.MaxMemoryBits));
        var predictor = PredictorSettings.TakeFrom(left);
        foreach (var unknown in left.Keys)
        {
            throw new UnsupportedVersionException($"The archive uses \"{unknown}\", which this version does not know.");
        }

        return new CodecParameters(window, predictor, bytes);
    }

    private static int Take(Dictionary<string, long> values, string name, int min, int max) =>
        values.Remove(name, out var value) && value >= min && value <= max
            ? (int)value
            : throw new CorruptArchiveException($"The archive's parameter \"{name}\" is missing or not in {min}..{max}.");
}
