using System.Buffers;
using NacrithOnnx.Runtime;
using NacrithOnnx.Runtime.Frame;
using NacrithOnnx.Runtime.Predict;
using NacrithOnnx.Runtime.Segment;

namespace NacrithOnnx.Payloads;

/// <summary>The language model alone, level 6: the whole file as one text region.</summary>
internal sealed class ModelCoder(string folder) : IDisposable
{
    private readonly ModelFolder _folder = new(folder);
    private readonly LoadedModel _loaded = LoadedModel.Open(
        new ModelFolder(folder), Level.Of(CompressOptions.DefaultLevel).Plan, threads: 1);

    /// <summary>Payload bytes and tokens.</summary>
    public (int Length, int Tokens) Measure(byte[] content)
    {
        var level = Level.Of(CompressOptions.DefaultLevel);
        var parameters = level.Parameters(content.Length, _loaded.Model.Shape.Positions);
        var codec = new TextSectionCodec(_folder.Tokenizer(), new TextCoder(_loaded.Model, parameters), parameters.Window);
        var payload = new ArrayBufferWriter<byte>();
        var id = TextTransform.Choose(content);
        TextRegion[] regions = [new(id, TextTransform.Apply(id, content))];
        var section = codec.Encode(regions, level, payload, (_, _) => { });
        return (payload.WrittenCount, section.TokenCount);
    }

    public void Dispose() => _loaded.Dispose();
}
