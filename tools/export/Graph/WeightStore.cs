using NacrithOnnx.Runtime.Onnx.Graphs;

namespace NacrithOnnx.Export;

/// <summary>External data shared by the graphs of one model: each tensor is written once for all plans.</summary>
internal sealed class WeightStore(ExternalDataWriter writer)
{
    private readonly Dictionary<string, ExternalData> _tensors = [];

    /// <summary>Returns the location of tensor <paramref name="name"/>; writes it on first use.</summary>
    public ExternalData Put(string name, OnnxTensor tensor)
    {
        if (!_tensors.TryGetValue(name, out var data))
        {
            data = writer.Add(tensor.Bytes);
            _tensors.Add(name, data);
        }

        return data;
    }
}
