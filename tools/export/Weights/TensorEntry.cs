namespace NacrithOnnx.Export.Weights;

/// <summary>Where one tensor lies, checked against its file when made.</summary>
internal sealed class TensorEntry
{
    // Bytes converted at a time: whole blocks of every type, since each starts at a multiple of its size.
    private const int ChunkBlocks = 16 * 1024;

    private readonly WeightFile _file;
    private readonly WeightType _type;
    private readonly long _offset;
    private readonly int _count;

    /// <summary>Finds the values of a tensor.</summary>
    /// <param name="file">File they are in.</param>
    /// <param name="name">Name for messages.</param>
    /// <param name="type">How they are stored.</param>
    /// <param name="shape">Dimensions, outermost first.</param>
    /// <param name="offset">First byte in the file.</param>
    /// <exception cref="EnvironmentException">The tensor does not lie in the file, or no array can hold it.</exception>
    public TensorEntry(WeightFile file, string name, WeightType type, long[] shape, long offset)
    {
        _file = file;
        _type = type;
        _offset = offset;
        Shape = shape;
        _count = CheckedCount(file, name, shape);
        var block = Dequantizer.BlockLength(type);
        if (shape.Length == 0 || shape[^1] % block != 0)
        {
            throw file.Broken($"the rows of {name} are not whole blocks of {block} values");
        }

        ByteLength = (long)_count / block * Dequantizer.BlockBytes(type);
        if (offset < 0 || offset > file.Length || ByteLength > file.Length - offset)
        {
            throw file.Broken($"the values of {name} lie beyond the end of the file");
        }
    }

    /// <summary>Dimensions, outermost first.</summary>
    public IReadOnlyList<long> Shape { get; }

    /// <summary>Bytes of the stored values.</summary>
    public long ByteLength { get; }

    /// <summary>Reads the values, row-major.</summary>
    /// <exception cref="EnvironmentException">The file cannot be read, or a value is not finite.</exception>
    public float[] Read()
    {
        var values = new float[_count];
        var block = Dequantizer.BlockLength(_type);
        var bytes = Dequantizer.BlockBytes(_type);
        var buffer = new byte[(int)Math.Min(ByteLength, (long)ChunkBlocks * bytes)];
        for (var done = 0; done < _count;)
        {
            var count = Math.Min(_count - done, ChunkBlocks * block);
            var chunk = buffer.AsSpan(0, count / block * bytes);
            _file.Read(_offset + ((long)done / block * bytes), chunk);
            Dequantizer.Dequantize(_type, chunk, values.AsSpan(done, count));
            done += count;
        }

        foreach (var value in values)
        {
            if (!float.IsFinite(value))
            {
                throw _file.Broken("a weight is not a finite number");
            }
        }

        return values;
    }

    private static int CheckedCount(WeightFile file, string name, long[] shape)
    {
        long count = 1;
        foreach (var dimension in shape)
        {
            if (dimension <= 0 || dimension > Array.MaxLength / count)
            {
                throw file.Broken($"the dimensions of {name} are out of range");
            }

            count *= dimension;
        }

        return (int)count;
    }
}
