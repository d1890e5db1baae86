using NacrithOnnx.Export.Weights;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace NacrithOnnx.Train.Model;

/// <summary>All weights of a model as 32-bit parameters, by Hugging Face's names.</summary>
internal sealed class LlamaWeights : IDisposable
{
    private readonly Dictionary<string, Parameter> _parameters = [];

    /// <summary>Reads all weights.</summary>
    public LlamaWeights(IWeightSource source)
    {
        Shape = source.Shape;
        foreach (var (name, dimensions) in LlamaTensors.Of(Shape))
        {
            using var values = tensor(source.Read(name), dimensions);
            _parameters.Add(name, new Parameter(values));
        }

        // The arrays read would stay for long, as large as the parameters.
        GC.Collect();
    }

    /// <summary>Dimensions of the model.</summary>
    public ModelShape Shape { get; }

    /// <summary>Names in the order of the layers.</summary>
    public IEnumerable<string> Names => LlamaTensors.Of(Shape).Select(tensor => tensor.Name);

    /// <summary>Matrix of the head: the embedding where they are tied.</summary>
    public Parameter Head => this[Shape.TiedEmbeddings ? LlamaTensors.Embedding : LlamaTensors.Head];

    /// <summary>A parameter by its full name.</summary>
    public Parameter this[string name] => _parameters[name];

    /// <summary>A parameter of a layer.</summary>
    public Parameter Layer(int layer, string part) => _parameters[LlamaTensors.Layer(layer, part)];

    /// <summary>Takes the embedding out of the training.</summary>
    public void FreezeEmbedding() => this[LlamaTensors.Embedding].requires_grad = false;

    /// <summary>The parameters that are trained, in the order of <see cref="Names"/>.</summary>
    public Parameter[] Trained() => [.. Names.Select(name => _parameters[name]).Where(parameter => parameter.requires_grad)];

    /// <summary>Values of a parameter, row-major.</summary>
    public float[] Read(string name) => _parameters[name].data<float>().ToArray();

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var parameter in _parameters.Values)
        {
            parameter.Dispose();
        }
    }
}
