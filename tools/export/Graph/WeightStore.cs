namespace NacrithOnnx.Export;

/// <summary>External data shared by the graphs of one model: each tensor is written once, whatever the plan.</summary>
internal sealed class WeightStore(ExternalDataWriter writer)
{
    private readonly Dictionary<string, ExternalData> _tensors = [];

    /// <summary>Where tensor <paramref name="name"/> lies, writing it on first use.</summary>
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
