using NacrithOnnx.Runtime.Onnx;
using NacrithOnnx.Runtime.Onnx.CustomOps;
using NacrithOnnx.Tests.Support;

namespace NacrithOnnx.Tests.Onnx;

public sealed class WholeProductGraphTests
{
    [Fact]
    public void Only_the_products_of_two_parts_and_their_readers_are_replaced()
    {
        var (before, after) = Nodes("fast");

        // One wide product a layer, the last one; the first norm reads a residual and no product.
        var layers = TinyModel.Graph.Shape.Layers;
        Assert.Equal(before.Count, after.Count);
        Assert.Equal(layers, after.Count(node => node.Operator == KernelNames.WholeProduct));
        Assert.Equal(layers, before.Count(node => node.IsProduct) - after.Count(node => node.IsProduct));
        Assert.Equal(layers, before.Where((node, i) => !node.IsProduct && node.Operator != after[i].Operator).Count());
    }

    [Fact]
    public void Nothing_reads_sums_of_two_parts_any_more()
    {
        var (before, after) = Nodes("precise");

        Assert.Contains(before, node => node.IsProduct);
        Assert.DoesNotContain(after, node => node.IsProduct);
        Assert.All(before.Zip(after), pair =>
        {
            Assert.Equal(pair.First.Inputs, pair.Second.Inputs);
            Assert.Equal(pair.First.Outputs, pair.Second.Outputs);
            Assert.Null(KernelNames.ForWholeSums(pair.Second.Operator));
        });
    }

    [Fact]
    public void What_is_no_graph_is_refused() =>
        Assert.Throws<EnvironmentException>(() => WholeProductGraph.Rewrite([0xFF, 0xFF, 0xFF]));

    private static (List<GraphNode> Before, List<GraphNode> After) Nodes(string plan)
    {
        var tiny = TinyModel.Graph;
        var model = File.ReadAllBytes(Path.Combine(tiny.Folder, tiny.Manifest.Graphs[plan]));
        return (Nodes(model), Nodes(WholeProductGraph.Rewrite(model)));
    }

    private static List<GraphNode> Nodes(byte[] model)
    {
        var nodes = new List<GraphNode>();
        var fields = new ProtobufFields(model);
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

        return nodes;
    }
}
