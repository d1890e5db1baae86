using NacrithOnnx.Runtime.Kernels;
using NacrithOnnx.Runtime.Predict;

namespace NacrithOnnx.Runtime.Onnx;

/// <summary>
/// A cache in managed memory that the model reads in place. ONNX Runtime returns only the new rows, which are appended here, and
/// steps without it write them themselves, so nothing copies the whole cache.
/// </summary>
internal sealed class OnnxKeyValueCache : IKeyValueCache
{
    private readonly Action<OnnxKeyValueCache> _disposing;

    /// <param name="shape">Dimensions of the model.</param>
    /// <param name="lanes">Number of lanes.</param>
    /// <param name="positions">Positions per lane.</param>
    /// <param name="disposing">Called before the memory is released, so that nothing keeps a pointer to it.</param>
    public OnnxKeyValueCache(ModelShape shape, int lanes, int positions, Action<OnnxKeyValueCache> disposing)
    {
        _disposing = disposing;
        var padded = (positions + ExactArithmetic.CacheMultiple - 1)
            / ExactArithmetic.CacheMultiple * ExactArithmetic.CacheMultiple;
        Tensors = new CacheTensors(shape, lanes, padded, tiled: true);
        Lanes = lanes;
        Capacity = positions;
    }

    public CacheTensors Tensors { get; }

    public int Lanes { get; }

    public int Capacity { get; }

    public int Length { get; private set; }

    /// <summary>Positions at the beginning that are the same in all lanes.</summary>
    public int Shared { get; private set; }

    public void Truncate(int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, Length);
        Length = length;
        Shared = Math.Min(Shared, length);
    }

    public void CopyFrom(IKeyValueCache source)
    {
        if (source is not OnnxKeyValueCache { Lanes: 1 } single || single.Length > Capacity)
        {
            throw new ArgumentException("Only a cache of one lane that fits can be copied.", nameof(source));
        }

        Tensors.Append(single.Tensors, single.Length, 0);
        Length = single.Length;
        Shared = Length;
    }

    public void Append(CacheTensors rows)
    {
        Tensors.Append(rows, rows.Positions, Length);
        Length += rows.Positions;
    }

    /// <summary>Counts positions whose rows are in the tensors already.</summary>
    public void Advance(int count) => Length += count;

    public void Dispose()
    {
        _disposing(this);
        Tensors.Dispose();
    }
}
