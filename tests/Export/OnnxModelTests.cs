using Microsoft.ML.OnnxRuntime;
using NacrithOnnx.Export.Onnx;
using NacrithOnnx.Tests.Support;

namespace NacrithOnnx.Tests.Export;

public sealed class OnnxModelTests
{
    [Fact]
    public void A_small_model_has_the_bytes_that_the_schema_of_ONNX_asks_for()
    {
        var model = new OnnxModel("g");
        model.Graph.Input("x", OnnxType.Float, "N", 2);
        model.Graph.Output("y", OnnxType.Float, "N", 2);
        model.Graph.Add("Add", ["x", "x"], ["y"], []);

        // Field numbers and types of onnx.proto3; in each key the field is above the three lowest bits.
        string[] expected =
        [
            "080A",                             // ModelProto.ir_version (1) = 10
            "120B", "4E6163726974684F6E6E78",   // producer_name (2) = "NacrithOnnx"
            "4204", "0A00", "1015",             // opset_import (8): domain "", version 21
            "420B", "0A076E616372697468", "1001", // opset_import (8): domain "nacrith", version 1
            "3A46",                             // graph (7), 70 bytes
            "0A15", "0A0178", "0A0178", "120179", // node (1): input x, input x, output y
            "1A054164645F30", "2203416464",     // name "Add_0", op_type (4) "Add"
            "120167",                           // GraphProto.name (2) = "g"
            "5A14", "0A0178", "120F", "0A0D", "0801", "1209", "0A0312014E", "0A020802", // input (11): float [N,2]
            "6214", "0A0179", "120F", "0A0D", "0801", "1209", "0A0312014E", "0A020802", // output (12): the same
        ];
        Assert.Equal(string.Concat(expected), Convert.ToHexString(Bytes(model)));
    }

    [Fact]
    public void Equal_models_have_equal_bytes()
    {
        Assert.Equal(Bytes(Affine(default)), Bytes(Affine(default)));
        Assert.NotEqual(Bytes(Affine(default)), Bytes(Affine(new ExternalData("other", 0, 24))));
    }

    [Fact]
    public void Equal_small_constants_become_one()
    {
        var graph = new OnnxModel("g").Graph;

        Assert.Equal(graph.Scalar(1f), graph.Scalar(1f));
        Assert.NotEqual(graph.Scalar(1f), graph.Scalar(1));
        Assert.NotEqual(graph.Scalar(1f), graph.Vector(1f));
        Assert.NotEqual(graph.Vector(1L, 2L), graph.Vector(2L, 1L));
    }

    [Fact]
    public void Data_that_do_not_fill_the_shape_are_refused()
    {
        Assert.Throws<ArgumentException>(() => OnnxTensor.Of([1f, 2f, 3f], [2, 2]));
        Assert.Throws<ArgumentException>(() => Affine(new ExternalData("model.data.0", 0, 23)));
    }

    [Fact]
    public void A_function_of_a_name_that_is_taken_is_refused()
    {
        var model = new OnnxModel("g");
        model.Function("Twice", ["x"], ["y"]);

        Assert.Throws<ArgumentException>(() => model.Function("Twice", ["x"], ["y"]));
    }

    [Fact]
    public void ONNX_Runtime_runs_a_model_with_functions_and_external_data()
    {
        using var folder = new TemporaryFolder();
        ExternalData matrix;
        using (var writer = new ExternalDataWriter(folder.Path))
        {
            writer.Append<sbyte>([1, 2, 3]);
            matrix = writer.Append<float>([1, 2, 3, 4, 5, 6]);
        }

        using (var file = File.Create(folder.File("model.onnx")))
        {
            Affine(matrix).Write(file);
        }

        using var session = new InferenceSession(folder.File("model.onnx"));
        using var x = OrtValue.CreateTensorValueFromMemory([1f, 10f, 100f, 1000f], [2, 2]);
        using var options = new RunOptions();
        using var results = session.Run(options, ["x"], [x], ["y", "rows"]);

        // x · [[1,2,3],[4,5,6]], doubled, a half added.
        Assert.Equal([82.5f, 104.5f, 126.5f, 8200.5f, 10400.5f, 12600.5f], results[0].GetTensorDataAsSpan<float>());
        Assert.Equal([2L], results[1].GetTensorDataAsSpan<long>());
    }

    // y = Scale(x · matrix) + 0.5, where the function Scale multiplies by two and takes an axis and a factor beside.
    private static OnnxModel Affine(ExternalData matrix)
    {
        var model = new OnnxModel("affine");
        var scale = model.Function("Scale", ["a"], ["b", "rows"], "axis_end", "addend");
        var sum = scale.Node("Add", "a", "a");
        var addend = scale.Node("Constant", [], [OnnxAttribute.FloatOfFunction("value_float", "addend")]);
        scale.Add("Add", [sum, addend], ["b"], []);
        scale.Add("Shape", ["a"], ["rows"], [OnnxAttribute.IntOfFunction("end", "axis_end")]);

        var graph = model.Graph;
        var x = graph.Input("x", OnnxType.Float, "N", 2);
        var external = matrix == default ? new ExternalData("model.data.0", 0, 24) : matrix;
        var weights = graph.External("matrix", OnnxType.Float, [2, 3], external);
        graph.Add(
            "Scale",
            [graph.Node("MatMul", x, weights)],
            ["y", "rows"],
            [OnnxAttribute.Int("axis_end", 1), OnnxAttribute.Float("addend", 0.5f)],
            OnnxModel.Domain);
        graph.Output("y", OnnxType.Float, "N", 3);
        graph.Output("rows", OnnxType.Int64, 1);
        return model;
    }

    private static byte[] Bytes(OnnxModel model)
    {
        var stream = new MemoryStream();
        model.Write(stream);
        return stream.ToArray();
    }
}
