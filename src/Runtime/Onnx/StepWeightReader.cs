using System.Runtime.InteropServices;
using NacrithOnnx.Runtime.Files;
using NacrithOnnx.Runtime.Kernels;
using NacrithOnnx.Runtime.Kernels.Steps;
using NacrithOnnx.Runtime.Predict;

namespace NacrithOnnx.Runtime.Onnx;

/// <summary>Reads the weights of a model, by the names that the exporter gives them, and packs them for steps.</summary>
internal sealed class StepWeightReader
{
    private readonly FileSlice _graph;
    private readonly GraphTensors _tensors;
    private readonly Func<bool, bool> _isWhole;

    private StepWeightReader(FileSlice graph, Func<bool, bool> isWhole)
    {
        _graph = graph;
        _isWhole = isWhole;
        _tensors = GraphTensors.Read(graph.ReadAll());
    }

    /// <summary>Reads and packs.</summary>
    /// <param name="graph">The graph; its weights lie beside it.</param>
    /// <param name="shape">Its dimensions.</param>
    /// <param name="isWhole">Whether activations of one part, or of two, are multiplied as int16.</param>
    /// <param name="threads">Threads that do it.</param>
    /// <exception cref="EnvironmentException">A tensor is missing, or not what the shape says.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static StepWeights Read(FileSlice graph, ModelShape shape, Func<bool, bool> isWhole, int threads) =>
        new StepWeightReader(graph, isWhole).Read(shape, threads);

    private StepWeights Read(ModelShape shape, int threads)
    {
        StepMatrix? embedding = null;
        var layers = new StepLayer[shape.Layers];
        Parallel.For(-1, shape.Layers, new ParallelOptions { MaxDegreeOfParallelism = threads }, layer =>
        {
            // The head is the largest, so it comes first.
            if (layer < 0)
            {
                embedding = Matrix("embedding", shape.Hidden, shape.Vocabulary);
            }
            else
            {
                layers[layer] = Layer(shape, FormattableString.Invariant($"layers.{layer}."));
            }
        });
        var rotary = shape.Positions * shape.HeadSize / 2;
        return new StepWeights
        {
            Heads = shape.Heads,
            KeyValueHeads = shape.KeyValueHeads,
            Epsilon = Read<double>("epsilon", 1)[0],
            Cos = Read<float>("cos", rotary),
            Sin = Read<float>("sin", rotary),
            Layers = layers,
            FinalGain = Read<float>("final_gain", shape.Hidden),
            Embedding = embedding!,
        };
    }

    private StepLayer Layer(ModelShape shape, string name) => new()
    {
        Gain = Read<float>(name + "gain", shape.Hidden),
        Qkv = Matrix(name + "qkv", shape.Hidden, (shape.Heads + (2 * shape.KeyValueHeads)) * shape.HeadSize),
        Output = Matrix(name + "output", shape.Heads * shape.HeadSize, shape.Hidden),
        FeedForwardGain = Read<float>(name + "feed_forward_gain", shape.Hidden),
        GateUp = Matrix(name + "gate_up", shape.Hidden, 2 * shape.Intermediate),
        Down = Matrix(name + "down", shape.Intermediate, shape.Hidden),
    };

    private StepMatrix Matrix(string name, int inputs, int outputs)
    {
        if (_tensors.Find(name) is not { File: { } file } tensor || tensor.Length != (long)inputs * outputs || inputs % QuadMatrix.Quad != 0)
        {
            throw Missing(name, (long)inputs * outputs);
        }

        var product = _tensors.Products.FirstOrDefault(product => product.Inputs[1] == name);
        var isWide = product is not null && _tensors.Find(product.Inputs[2])?.Scalar == ExactArithmetic.WideZeroPoint;
        return new StepMatrix(inputs, Read<float>(name + ".scale", outputs), isWide, _isWhole(isWide), (first, rows) =>
            Part(file, tensor.Offset + ((long)first * outputs)).ReadStart(MemoryMarshal.AsBytes(rows)));
    }

    /// <summary>A tensor in pinned memory.</summary>
    private T[] Read<T>(string name, int length)
        where T : unmanaged
    {
        var values = GC.AllocateUninitializedArray<T>(length, pinned: true);
        var bytes = MemoryMarshal.AsBytes(values.AsSpan());
        switch (_tensors.Find(name))
        {
            case { Bytes: { } own } when own.Length == bytes.Length:
                own.CopyTo(bytes);
                return values;
            case { File: { } file } tensor when tensor.Length == bytes.Length:
                Part(file, tensor.Offset).ReadStart(bytes);
                return values;
            default:
                throw Missing(name, bytes.Length);
        }
    }

    private static EnvironmentException Missing(string name, long length) =>
        new($"Tensor {name} of the model does not have {length} bytes.");

    /// <summary>A weight file from a byte on.</summary>
    private FileSlice Part(string file, long offset)
    {
        if (_graph.Pack is null)
        {
            var folder = Path.GetDirectoryName(Path.GetFullPath(_graph.Path))!;
            return new FileSlice(Path.Combine(folder, file), offset, Length: 0, Pack: null);
        }

        return _graph.Pack.TryGet(file, out var slice)
            ? slice with { Offset = slice.Offset + offset }
            : throw new EnvironmentException($"{_graph.Path}: there are no weights \"{file}\".");
    }
}
