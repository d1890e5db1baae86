namespace NacrithOnnx.Runtime.Onnx.Graphs;

/// <summary>A model-local function.</summary>
internal sealed record OnnxFunction(string Domain, string Name, string[] Inputs, string[] Outputs, GraphBuilder Body)
{
    public void Write(ProtobufWriter writer)
    {
        writer.WriteString(1, Name);
        foreach (var input in Inputs)
        {
            writer.WriteString(4, input);
        }

        foreach (var output in Outputs)
        {
            writer.WriteString(5, output);
        }

        foreach (var node in Body.Nodes)
        {
            writer.WriteBytes(7, node);
        }

        writer.WriteMessage(9, OnnxModel.WriteStandardOperators);
        writer.WriteString(10, Domain);
    }
}
