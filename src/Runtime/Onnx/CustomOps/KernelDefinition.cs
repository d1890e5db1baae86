namespace NacrithOnnx.Runtime.Onnx.CustomOps;

/// <summary>One operator of domain <c>nacrith</c> as ONNX Runtime sees it.</summary>
/// <param name="Name">Name of the model-local function that it stands for.</param>
/// <param name="Inputs">Element types of the inputs.</param>
/// <param name="Outputs">Element types of the outputs.</param>
/// <param name="Compute">The kernel.</param>
internal sealed record KernelDefinition(
    string Name, TensorType[] Inputs, TensorType[] Outputs, KernelCompute Compute);
