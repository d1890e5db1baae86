using global::Onnx;
using NacrithOnnx.Runtime.Model;
using NacrithOnnx.Runtime.Onnx.Cuda;
using NacrithOnnx.Runtime.Predict;
using NacrithOnnx.Tests.Export;
using NacrithOnnx.Tests.Golden;

namespace NacrithOnnx.Tests.Onnx.Cuda;

/// <summary>The graph for CUDA of the repository's model, read with ONNX's own schema.</summary>
public sealed class CudaGraphTests
{
    /// <summary>
    /// Operators that the CUDA provider of ONNX Runtime 1.31 has for operator set 21 and the types used here, without
    /// cuDNN (its OperatorKernels.md). Identity, for example, it has for earlier and later sets only. build/cuda-check.sh
    /// asks the provider itself.
    /// </summary>
    private static readonly string[] OnCuda =
    [
        "Abs", "Add", "ArgMax", "Cast", "Concat", "Constant", "Div", "Floor", "Gather", "GatherElements", "GreaterOrEqual",
        "LessOrEqual", "MatMul", "MatMulInteger", "Max", "Mul", "Neg", "ReduceSum", "Reshape", "Round", "ScatterND", "Split",
        "Sqrt", "Sub", "Transpose", "Unsqueeze", "Where",
    ];

    public static TheoryData<string> Plans => ["fast", "precise"];

    [Theory]
    [MemberData(nameof(Plans))]
    public void It_uses_only_operators_that_the_provider_has(string plan)
    {
        var operators = Made(plan).Graph.Node.Select(node => node.OpType).Distinct();

        Assert.Empty(operators.Except(OnCuda));
    }

    [Theory]
    [MemberData(nameof(Plans))]
    public void It_calls_no_function_and_multiplies_signed_bytes_without_a_zero_point(string plan)
    {
        var model = Made(plan);

        Assert.Empty(model.Functions);
        Assert.All(model.Graph.Node, node => Assert.Empty(node.Domain));
        var products = model.Graph.Node.Where(node => node.OpType == "MatMulInteger").ToList();
        Assert.Equal((4 * Shape.Layers) + 1, products.Count);
        Assert.All(products, product => Assert.Equal(2, product.Input.Count));
        var casts = model.Graph.Node.Where(node => node.OpType == "Cast").ToDictionary(node => node.Output[0]);
        Assert.All(products, product => Assert.Equal(
            (long)TensorProto.Types.DataType.Int8, Assert.Single(casts[product.Input[0]].Attribute).I));
    }

    [Theory]
    [MemberData(nameof(Plans))]
    public void Its_tensors_are_those_of_the_model_folder(string plan)
    {
        var source = OnnxSchema.Parse(Source(plan)).Graph.Initializer.ToDictionary(tensor => tensor.Name);

        var tensors = Made(plan).Graph.Initializer;

        Assert.Equal(tensors.Count, tensors.Select(tensor => tensor.Name).Distinct().Count());
        Assert.All(tensors, tensor => Assert.Equal(source[tensor.Name], tensor));
        Assert.Equal(
            source.Values.Count(tensor => tensor.ExternalData.Count > 0), tensors.Count(tensor => tensor.ExternalData.Count > 0));
    }

    [Fact]
    public void A_graph_of_something_else_is_refused()
    {
        Assert.Throws<EnvironmentException>(() => CudaGraph.Write([0xFF, 0xFF, 0xFF], Shape));
        Assert.Throws<EnvironmentException>(() => CudaGraph.Write(
            File.ReadAllBytes(Path.Combine(RealModel.Folder, "selftest.onnx")), Shape));
    }

    private static ModelShape Shape => new ModelFolder(RealModel.Folder).Manifest.Shape;

    private static byte[] Source(string plan) => File.ReadAllBytes(Path.Combine(RealModel.Folder, $"model.{plan}.onnx"));

    private static ModelProto Made(string plan) => OnnxSchema.Parse(CudaGraph.Write(Source(plan), Shape));
}
