namespace NacrithOnnx.Runtime.Frame;

/// <summary>
/// Named numbers between an archive's header and the codec. A number that is not there has the default that
/// docs/format.md states for format 1 and that will never change, so the usual archive carries none.
/// </summary>
internal sealed class ParameterMap
{
    private readonly SortedDictionary<string, long> _values;

    /// <summary>An empty map.</summary>
    public ParameterMap()
    {
        _values = new(StringComparer.Ordinal);
    }

    /// <summary>A copy of a header's map.</summary>
    public ParameterMap(IReadOnlyDictionary<string, long> values)
    {
        _values = new(values.ToDictionary(), StringComparer.Ordinal);
    }

    public IReadOnlyDictionary<string, long> Values => _values;

    public void Put(string name, long value, long standard)
    {
        if (value != standard)
        {
            _values.Add(name, value);
        }
    }

    /// <summary>Singles travel as their bits.</summary>
    public void Put(string name, float value, float standard) =>
        Put(name, BitConverter.SingleToUInt32Bits(value), BitConverter.SingleToUInt32Bits(standard));

    /// <summary>Removes a number and returns it.</summary>
    /// <exception cref="CorruptArchiveException">It is out of range.</exception>
    public int Take(string name, int standard, int min, int max)
    {
        var value = _values.Remove(name, out var found) ? found : standard;
        return value >= min && value <= max
            ? (int)value
            : throw new CorruptArchiveException($"The archive's parameter \"{name}\" is not in {min}..{max}.");
    }

    /// <summary>Removes a single and returns it.</summary>
    /// <exception cref="CorruptArchiveException">It is no number of 32 bits.</exception>
    public float Take(string name, float standard)
    {
        if (!_values.Remove(name, out var found))
        {
            return standard;
        }

        return found is >= 0 and <= uint.MaxValue
            ? BitConverter.UInt32BitsToSingle((uint)found)
            : throw new CorruptArchiveException($"The archive's parameter \"{name}\" is no single.");
    }

    /// <summary>Refuses numbers that nobody took.</summary>
    /// <exception cref="UnsupportedVersionException">There are some.</exception>
    public void Complete()
    {
        foreach (var name in _values.Keys)
        {
            throw new UnsupportedVersionException($"The archive uses \"{name}\", which this version does not know.");
        }
    }
}
