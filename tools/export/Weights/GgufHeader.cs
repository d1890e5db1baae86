namespace NacrithOnnx.Export.Weights;

/// <summary>Metadata and tensor directory of a GGUF file of version 2 or 3.</summary>
internal sealed class GgufHeader
{
    /// <summary>"GGUF", as the file begins.</summary>
    public const uint Magic = 0x46554747;

    private const uint FirstVersion = 2;
    private const uint LastVersion = 3;
    private const string AlignmentKey = "general.alignment";
    private const int DefaultAlignment = 32;
    private const int MaxAlignment = 1 << 20;
    private const uint MaxDimensions = 4;

    // Name (8 length bytes), number of dimensions, one dimension, type, offset.
    private const int SmallestTensorBytes = 8 + 4 + 8 + 4 + 8;

    private readonly WeightFile _file;

    /// <summary>Reads the header of a file.</summary>
    /// <exception cref="EnvironmentException">The file is not GGUF, is broken, or holds an unsupported type.</exception>
    public GgufHeader(WeightFile file)
    {
        _file = file;
        var cursor = new GgufCursor(file, 0);
        if (cursor.UInt32() != Magic)
        {
            throw file.Broken("it is not a GGUF file");
        }

        var version = cursor.UInt32();
        if (version is < FirstVersion or > LastVersion)
        {
            throw file.Broken($"its GGUF version is {version}, not {FirstVersion} or {LastVersion} (little-endian)");
        }

        var tensorCount = cursor.UInt64();
        var entryCount = cursor.UInt64();
        Metadata = new GgufMetadata(file, cursor, entryCount);
        if (tensorCount > (ulong)(cursor.Left / SmallestTensorBytes))
        {
            throw file.Broken($"it announces {tensorCount} tensors, more than it can hold");
        }

        Tensors = ReadTensors(cursor, tensorCount);
    }

    /// <summary>The key-value part.</summary>
    public GgufMetadata Metadata { get; }

    /// <summary>Tensors by llama.cpp's names.</summary>
    public IReadOnlyDictionary<string, TensorEntry> Tensors { get; }

    private Dictionary<string, TensorEntry> ReadTensors(GgufCursor cursor, ulong count)
    {
        var alignment = Metadata.Integer(AlignmentKey) ?? DefaultAlignment;
        if (alignment is <= 0 or > MaxAlignment || (alignment & (alignment - 1)) != 0)
        {
            throw _file.Broken($"its alignment is {alignment}, not a power of two");
        }

        var found = new Dictionary<string, (long[] Shape, uint Type, ulong Offset)>();
        for (ulong i = 0; i < count; i++)
        {
            var name = cursor.Text();
            if (!found.TryAdd(name, (ReadShape(cursor, name), cursor.UInt32(), cursor.UInt64())))
            {
                throw _file.Broken($"the tensor {name} is there twice");
            }
        }

        // Values begin at the next multiple of the alignment; offsets count from there.
        var start = (cursor.Position + alignment - 1) / alignment * alignment;
        return found.ToDictionary(tensor => tensor.Key, tensor => Entry(tensor.Key, tensor.Value));

        TensorEntry Entry(string name, (long[] Shape, uint Type, ulong Offset) tensor)
        {
            if (tensor.Offset > (ulong)_file.Length || tensor.Offset % (ulong)alignment != 0)
            {
                throw _file.Broken($"the offset {tensor.Offset} of {name} is out of range or not aligned");
            }

            return new TensorEntry(_file, name, ToType(tensor.Type, name), tensor.Shape, start + (long)tensor.Offset);
        }
    }

    // GGUF lists the innermost dimension first.
    private long[] ReadShape(GgufCursor cursor, string name)
    {
        var dimensions = cursor.UInt32();
        if (dimensions is 0 or > MaxDimensions)
        {
            throw _file.Broken($"{name} has {dimensions} dimensions");
        }

        var shape = new long[dimensions];
        for (var i = shape.Length - 1; i >= 0; i--)
        {
            var size = cursor.UInt64();
            shape[i] = size <= long.MaxValue ? (long)size : throw _file.Broken($"a dimension of {name} is {size}");
        }

        return shape;
    }

    // Numbers of enum ggml_type.
    private WeightType ToType(uint number, string name) => number switch
    {
        0 => WeightType.F32,
        1 => WeightType.F16,
        2 => WeightType.Q4_0,
        3 => WeightType.Q4_1,
        8 => WeightType.Q8_0,
        30 => WeightType.BF16,
        _ => throw _file.Broken(
            $"{name} is of GGML type {number}; F32, F16, BF16, Q8_0, Q4_0 and Q4_1 are the types this exporter reads"),
    };
}
