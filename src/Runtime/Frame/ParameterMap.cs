namespace NacrithOnnx.Runtime.Frame;

/// <summary>The named numbers of an archive's header, each taken once.</summary>
internal sealed class ParameterMap(IReadOnlyDictionary<string, long> values)
{
    private readonly SortedDictionary<string, long> _values = new(values.ToDictionary(), StringComparer.Ordinal);

    /// <summary>Removes a number and returns it.</summary>
    /// <exception cref="CorruptArchiveException">It is missing or out of range.</exception>
    public int Take(string name, int min, int max)
    {
        var value = Take(name);
        return value >= min && value <= max
            ? (int)value
            : throw new CorruptArchiveException($"The archive's parameter \"{name}\" is not in {min}..{max}.");
    }

    /// <summary>Removes a single and returns it.</summary>
    /// <exception cref="CorruptArchiveException">It is missing or not a number of 32 bits.</exception>
    public float TakeSingle(string name) => Take(name) is >= 0 and <= uint.MaxValue and var value
        ? BitConverter.UInt32BitsToSingle((uint)value)
        : throw new CorruptArchiveException($"The archive's parameter \"{name}\" is not a 32-bit float.");

    /// <summary>Rejects remaining numbers, which this version does not know.</summary>
    /// <exception cref="UnsupportedVersionException">Numbers remain.</exception>
    public void Complete()
    {
        foreach (var name in _values.Keys)
        {
            throw new UnsupportedVersionException($"The archive uses \"{name}\", which this version does not know.");
        }
    }

    private long Take(string name) => _values.Remove(name, out var value)
        ? value
        : throw new CorruptArchiveException($"The archive lacks the parameter \"{name}\".");
}
