namespace NacrithOnnx.Export;

/// <summary>A matrix of the exact model: integers in −64..64 and a scale for each output.</summary>
/// <param name="Inputs">Rows of <paramref name="Weights"/>.</param>
/// <param name="Outputs">Columns of <paramref name="Weights"/>.</param>
/// <param name="Weights">[inputs, outputs], as MatMulInteger takes it.</param>
/// <param name="Scales">[outputs].</param>
internal sealed record QuantizedMatrix(int Inputs, int Outputs, sbyte[] Weights, float[] Scales);
