using NacrithOnnx.Export;
using NacrithOnnx.Tests.Support;

namespace NacrithOnnx.Tests.Export;

/// <summary>What is written is found again under the numbers of onnx.proto.</summary>
public sealed class OnnxModelTests
{
    [Fact]
    public void A_model_names_its_versions_and_its_domains()
    {
        var model = Read(Sample());

        Assert.Equal((10, "NacrithOnnx"), (model.Integer(1), model.Text(2)));
        Assert.Equal(
            [(string.Empty, 21L), ("own", 1L)], model.Messages(8).Select(import => (import.Text(1), import.Integer(2))));
    }

    [Fact]
    public void A_graph_has_its_nodes_in_order()
    {
        var graph = Read(Sample()).Message(7);
        var nodes = graph.Messages(1).ToList();

        Assert.Equal("sample", graph.Text(2));
        Assert.Equal(["Transpose", "Twice"], nodes.Select(node => node.Text(4)));
        Assert.Equal(["x"], nodes[0].Texts(1));
        Assert.Equal(nodes[0].Texts(2), nodes[1].Texts(1));
        Assert.Equal(["y"], nodes[1].Texts(2));
        Assert.Equal("own", nodes[1].Text(7));
        var order = nodes[0].Message(5);
        Assert.Equal(("perm", 7L), (order.Text(1), order.Integer(20)));
        Assert.Equal([1L, 0L], order.Integers(8));
    }

    [Fact]
    public void Tensors_lie_in_the_file_or_beside_it()
    {
        var tensors = Read(Sample()).Message(7).Messages(5).ToList();

        Assert.Equal([2L, 2L], tensors[0].Integers(1));
        Assert.Equal((3L, "inside"), (tensors[0].Integer(2), tensors[0].Text(8)));
        Assert.Equal([1, 255, 127, 128], tensors[0].All(9).Single());
        Assert.Empty(tensors[0].All(14));

        Assert.Equal((1L, "outside", 1L), (tensors[1].Integer(2), tensors[1].Text(8), tensors[1].Integer(14)));
        Assert.Empty(tensors[1].All(9));
        Assert.Equal(
            [("location", "w.bin"), ("offset", "65536"), ("length", "8")],
            tensors[1].Messages(13).Select(entry => (entry.Text(1), entry.Text(2))));
    }

    [Fact]
    public void Inputs_and_outputs_have_types_and_shapes()
    {
        var graph = Read(Sample()).Message(7);
        var input = graph.Messages(11).Single();
        var shape = input.Message(2).Message(1).Message(2).Messages(1).ToList();

        Assert.Equal("x", input.Text(1));
        Assert.Equal(1, input.Message(2).Message(1).Integer(1));
        Assert.Equal("rows", shape[0].Text(2));
        Assert.Equal(7, shape[1].Integer(1));
        Assert.Equal("y", graph.Messages(12).Single().Text(1));
    }

    [Fact]
    public void A_function_called_twice_is_there_once_with_its_body()
    {
        var function = Read(Sample()).Messages(25).Single();

        Assert.Equal(("Twice", "own"), (function.Text(1), function.Text(10)));
        Assert.Equal("a", function.Text(4));
        Assert.Equal("b", function.Text(5));
        Assert.Equal(["Constant", "Mul"], function.Messages(7).Select(node => node.Text(4)));
        var constant = function.Messages(7).First().Message(5);
        Assert.Equal(("value", 4L), (constant.Text(1), constant.Integer(20)));
        Assert.Equal(BitConverter.GetBytes(2f), constant.Message(5).All(9).Single());
    }

    [Fact]
    public void Every_type_of_tensor_has_its_bytes_in_little_endian_order()
    {
        (OnnxTensor Tensor, long Type, string Bytes)[] tensors =
        [
            (OnnxTensor.Float([1], [1.5f]), 1, "0000C03F"),
            (OnnxTensor.UInt8([2], [1, 255]), 2, "01FF"),
            (OnnxTensor.Int8([2], [1, -1]), 3, "01FF"),
            (OnnxTensor.Int32([1], [-2]), 6, "FEFFFFFF"),
            (OnnxTensor.Int64([1], [258]), 7, "0201000000000000"),
            (OnnxTensor.Double([], [1.5]), 11, "000000000000F83F"),
        ];

        foreach (var (tensor, type, bytes) in tensors)
        {
            var writer = new ProtobufWriter();
            tensor.Write(writer, "t");
            var message = new ProtobufMessage(writer.ToArray());
            Assert.Equal((type, bytes), (message.Integer(2), Convert.ToHexString(message.All(9).Single())));
            Assert.Equal(tensor.Shape, message.Integers(1));
        }
    }

    private static OnnxModel Sample()
    {
        var body = new GraphBuilder();
        body.NodeInto("Mul", ["a", body.Constant(OnnxTensor.Float([], [2]))], ["b"]);
        var twice = new OnnxFunction("own", "Twice", ["a"], ["b"], body);
        var model = new OnnxModel("sample");
        model.Input("x", OnnxType.Float, "rows", 7);
        model.Initializer("inside", OnnxTensor.Int8([2, 2], [1, -1, 127, -128]));
        model.Initializer("outside", OnnxTensor.Float([2], [1, 2]), new ExternalData("w.bin", 65_536, 8));
        var turned = model.Graph.Node("Transpose", ["x"], OnnxAttribute.Ints("perm", [1, 0]));
        model.Call(twice, [turned], ["y"]);
        model.Output("y", OnnxType.Float, 7, "rows");
        return model;
    }

    private static ProtobufMessage Read(OnnxModel model) => new(model.ToArray());
}
