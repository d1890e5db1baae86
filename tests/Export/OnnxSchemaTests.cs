using global::Onnx;
using NacrithOnnx.Runtime.Onnx;
using NacrithOnnx.Tests.Support;
using DataLocation = Onnx.TensorProto.Types.DataLocation;

namespace NacrithOnnx.Tests.Export;

/// <summary>
/// The graphs of the repository's model mean to Google.Protobuf, with ONNX's schema, what they mean to the readers of
/// the program.
/// </summary>
public sealed class OnnxSchemaTests
{
    private const string MatMulInteger = "MatMulInteger";

    private static readonly string Folder = Path.Combine(Repository.Root, "models", "onnx");

    public static TheoryData<string> Graphs => ["model.fast.onnx", "model.precise.onnx", "selftest.onnx"];

    public static TheoryData<string> Models => ["model.fast.onnx", "model.precise.onnx"];

    [Theory]
    [MemberData(nameof(Graphs))]
    public void The_nodes_are_the_same(string name)
    {
        var bytes = Read(name);

        AssertSameNodes(OnnxSchema.Parse(bytes), bytes);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void The_weights_of_every_product_lie_at_the_same_place(string name)
    {
        var bytes = Read(name);
        var graph = OnnxSchema.Parse(bytes).Graph;
        var tensors = graph.Initializer.ToDictionary(tensor => tensor.Name);
        var expected = graph.Node.Where(node => node.OpType == MatMulInteger).Select(node => Place(tensors[node.Input[1]])).ToList();

        Assert.NotEmpty(expected);
        Assert.Equal(
            expected, GraphWeights.Read(bytes).Select(matrix => (matrix.Name, matrix.File, matrix.Offset, matrix.Length)));
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void A_graph_for_whole_products_differs_in_operators_and_domains_alone(string name)
    {
        var bytes = Read(name);
        var rewritten = WholeProductGraph.Rewrite(bytes);
        var (before, after) = (OnnxSchema.Parse(bytes), OnnxSchema.Parse(rewritten));

        AssertSameNodes(after, rewritten);
        Assert.NotEqual(before, after);
        foreach (var (old, changed) in before.Graph.Node.Zip(after.Graph.Node))
        {
            (changed.OpType, changed.Domain) = (old.OpType, old.Domain);
        }

        Assert.Equal(before, after);
    }

    private static byte[] Read(string name) => File.ReadAllBytes(Path.Combine(Folder, name));

    private static void AssertSameNodes(ModelProto model, byte[] bytes)
    {
        var nodes = new List<GraphNode>();
        var fields = new ProtobufFields(bytes);
        while (fields.Next())
        {
            var graph = new ProtobufFields(fields.Number == OnnxFields.ModelGraph ? fields.Bytes : default);
            while (graph.Next())
            {
                if (graph.Number == OnnxFields.GraphNode)
                {
                    nodes.Add(GraphNode.Read(graph.Bytes));
                }
            }
        }

        Assert.NotEmpty(nodes);
        Assert.Equal(model.Graph.Node.Select(node => node.OpType), nodes.Select(node => node.Operator));
        Assert.All(model.Graph.Node.Zip(nodes), pair =>
        {
            Assert.Equal(pair.First.Input, pair.Second.Inputs);
            Assert.Equal(pair.First.Output, pair.Second.Outputs);
        });
    }

    private static (string Name, string File, long Offset, long Length) Place(TensorProto tensor)
    {
        var places = tensor.ExternalData.ToDictionary(entry => entry.Key, entry => entry.Value);
        Assert.Equal(DataLocation.External, tensor.DataLocation);
        Assert.Equal(tensor.Dims.Aggregate(1L, (product, dimension) => product * dimension), long.Parse(places["length"]));
        return (tensor.Name, places["location"], long.Parse(places["offset"]), long.Parse(places["length"]));
    }
}
