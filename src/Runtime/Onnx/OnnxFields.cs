namespace NacrithOnnx.Runtime.Onnx;

/// <summary>Field numbers of onnx.proto.</summary>
internal static class OnnxFields
{
    public const int ModelGraph = 7;
    public const int GraphNode = 1;
    public const int GraphInitializer = 5;
    public const int NodeInput = 1;
    public const int NodeOutput = 2;
    public const int NodeOperator = 4;
    public const int NodeDomain = 7;
    public const int TensorDimension = 1;
    public const int TensorType = 2;
    public const int TensorName = 8;
    public const int TensorRawData = 9;
    public const int TensorExternalData = 13;
    public const int EntryKey = 1;
    public const int EntryValue = 2;
}
