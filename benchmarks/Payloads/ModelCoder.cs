using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using NacrithOnnx.Format;
using NacrithOnnx.Runtime;
using NacrithOnnx.Runtime.Frame;
using NacrithOnnx.Runtime.Predict;
using NacrithOnnx.Runtime.Segment;
using NacrithOnnx.Runtime.Tokenize;

namespace NacrithOnnx.Payloads;

/// <summary>The language model alone, level 6: the whole file as one text region.</summary>
internal sealed class ModelCoder(string folder) : IDisposable
{
    private readonly Tokenizer _tokenizer = new ModelFolder(folder).Tokenizer();
    private readonly LoadedModel _loaded = LoadedModel.Open(
        new ModelFolder(folder), Level.Of(CompressOptions.DefaultLevel).Plan, threads: 1);

    /// <summary>Payload bytes and tokens.</summary>
    public (int Length, int Tokens) Measure(byte[] content)
    {
        var level = Level.Of(CompressOptions.DefaultLevel);
        var parameters = level.Parameters(content.Length, _loaded.Model.Shape.Positions);
        var codec = new TextSectionCodec(_tokenizer, new TextCoder(_loaded.Model, parameters), parameters.Window);
        var payload = new ArrayBufferWriter<byte>();
        var id = TextTransform.Choose(content);
        TextRegion[] regions = [new(id, TextTransform.Apply(id, content))];
        var section = codec.Encode(regions, level, payload, (_, _) => { });
        return (payload.WrittenCount, section.TokenCount);
    }

    /// <summary>What a whole frame costs, what its regions are, and the time.</summary>
    public string Frame(string file)
    {
        var content = File.ReadAllBytes(file);
        var level = Level.Of(CompressOptions.DefaultLevel);
        var parameters = level.Parameters(content.Length, _loaded.Model.Shape.Positions);
        var watch = Stopwatch.StartNew();
        var frame = FrameCodec.Encode(
            content, () => new TextSectionCodec(_tokenizer, new TextCoder(_loaded.Model, parameters), parameters.Window), level,
            parameters, (_, _) => { });
        var seconds = watch.Elapsed.TotalSeconds;
        var stored = frame.Regions.Where(region => region.Kind == RegionKind.Stored).Sum(region => region.OriginalLength);
        var regions = string.Join(' ', frame.Regions.Take(8).Select(region => $"{region.Kind}:{region.OriginalLength}:{region.TransformId}"));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{file}\t{content.Length}\t{frame.TextPayload.Length + frame.BytesPayload.Length + stored}\t{frame.Text.TokenCount}\t{seconds:F2} s\t{regions}");
    }

    public void Dispose() => _loaded.Dispose();
}
