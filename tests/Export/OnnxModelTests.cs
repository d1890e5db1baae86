using global::Onnx;
using NacrithOnnx.Runtime.Onnx.Graphs;
using AttributeType = Onnx.AttributeProto.Types.AttributeType;
using DataLocation = Onnx.TensorProto.Types.DataLocation;
using DataType = Onnx.TensorProto.Types.DataType;

namespace NacrithOnnx.Tests.Export;

/// <summary>Written models can be read under the names of ONNX's schema.</summary>
public sealed class OnnxModelTests
{
    private readonly ModelProto _model = OnnxSchema.Parse(Sample().ToArray());

    [Fact]
    public void A_model_names_its_versions_and_its_domains()
    {
        Assert.Equal((10, "NacrithOnnx"), (_model.IrVersion, _model.ProducerName));
        Assert.Equal(
            [(string.Empty, 21L), ("own", 1L)], _model.OpsetImport.Select(import => (import.Domain, import.Version)));
    }

    [Fact]
    public void A_graph_has_its_nodes_in_order()
    {
        var nodes = _model.Graph.Node;

        Assert.Equal("sample", _model.Graph.Name);
        Assert.Equal(["Transpose", "Twice"], nodes.Select(node => node.OpType));
        Assert.Equal([string.Empty, "own"], nodes.Select(node => node.Domain));
        Assert.Equal(["x"], nodes[0].Input);
        Assert.Equal(nodes[0].Output, nodes[1].Input);
        Assert.Equal(["y"], nodes[1].Output);
        var order = nodes[0].Attribute.Single();
        Assert.Equal(("perm", AttributeType.Ints), (order.Name, order.Type));
        Assert.Equal([1L, 0L], order.Ints);
    }

    [Fact]
    public void Tensors_lie_in_the_file_or_beside_it()
    {
        var (inside, outside) = (_model.Graph.Initializer[0], _model.Graph.Initializer[1]);

        Assert.Equal([2L, 2L], inside.Dims);
        Assert.Equal(("inside", (int)DataType.Int8), (inside.Name, inside.DataType));
        Assert.Equal([1, 255, 127, 128], inside.RawData.ToByteArray());
        Assert.Equal(DataLocation.Default, inside.DataLocation);

        Assert.Equal(("outside", (int)DataType.Float), (outside.Name, outside.DataType));
        Assert.Empty(outside.RawData);
        Assert.Equal(DataLocation.External, outside.DataLocation);
        Assert.Equal(
            [("location", "w.bin"), ("offset", "65536"), ("length", "8")],
            outside.ExternalData.Select(entry => (entry.Key, entry.Value)));
    }

    [Fact]
    public void Inputs_and_outputs_have_types_and_shapes()
    {
        var input = _model.Graph.Input.Single();

        Assert.Equal(("x", "y"), (input.Name, _model.Graph.Output.Single().Name));
        Assert.Equal((int)DataType.Float, input.Type.TensorType.ElemType);
        Assert.Equal(
            [("rows", 0L), (string.Empty, 7L)],
            input.Type.TensorType.Shape.Dim.Select(dimension => (dimension.DimParam, dimension.DimValue)));
    }

    [Fact]
    public void A_function_called_twice_is_there_once_with_its_body()
    {
        var function = _model.Functions.Single();

        Assert.Equal(("Twice", "own"), (function.Name, function.Domain));
        Assert.Equal(["a"], function.Input);
        Assert.Equal(["b"], function.Output);
        Assert.Equal(["Constant", "Mul"], function.Node.Select(node => node.OpType));
        var constant = function.Node[0].Attribute.Single();
        Assert.Equal(("value", AttributeType.Tensor), (constant.Name, constant.Type));
        Assert.Equal(BitConverter.GetBytes(2f), constant.T.RawData.ToByteArray());
    }

    [Fact]
    public void Every_type_of_tensor_has_its_bytes_in_little_endian_order()
    {
        (OnnxTensor Tensor, DataType Type, string Bytes)[] tensors =
        [
            (OnnxTensor.Float([1], [1.5f]), DataType.Float, "0000C03F"),
            (OnnxTensor.UInt8([2], [1, 255]), DataType.Uint8, "01FF"),
            (OnnxTensor.Int8([2], [1, -1]), DataType.Int8, "01FF"),
            (OnnxTensor.Int32([1], [-2]), DataType.Int32, "FEFFFFFF"),
            (OnnxTensor.Int64([1], [258]), DataType.Int64, "0201000000000000"),
            (OnnxTensor.Double([], [1.5]), DataType.Double, "000000000000F83F"),
        ];

        foreach (var (tensor, type, bytes) in tensors)
        {
            var writer = new ProtobufWriter();
            tensor.Write(writer, "t");
            var read = TensorProto.Parser.ParseFrom(writer.ToArray());
            Assert.Equal((int)type, read.DataType);
            Assert.Equal(bytes, Convert.ToHexString(read.RawData.Span));
            Assert.Equal(tensor.Shape, read.Dims);
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
}
