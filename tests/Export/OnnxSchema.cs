using global::Onnx;

namespace NacrithOnnx.Tests.Export;

/// <summary>Reads ONNX files with Google.Protobuf and the classes that OnnxSharp generated from onnx.proto.</summary>
internal static class OnnxSchema
{
    /// <summary>Reads a model, every field of which the schema knows.</summary>
    public static ModelProto Parse(byte[] bytes)
    {
        var model = ModelProto.Parser.ParseFrom(bytes);
        Assert.Equal(ModelProto.Parser.WithDiscardUnknownFields(true).ParseFrom(bytes), model);
        return model;
    }
}
