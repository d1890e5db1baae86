namespace NacrithOnnx.Runtime.Onnx.CustomOps;

/// <summary>Computes the outputs of one node.</summary>
internal delegate void KernelCompute(KernelContext context);
