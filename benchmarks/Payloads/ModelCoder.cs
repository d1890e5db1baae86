using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using NacrithOnnx.Runtime.Engine;
using NacrithOnnx.Runtime.Frame;
using NacrithOnnx.Runtime.Segment;
using NacrithOnnx.Runtime.Text;

namespace NacrithOnnx.Payloads;

/// <summary>Level 6 on one thread: the language model alone, and a frame as the compressor writes it.</summary>
internal sealed class ModelCoder(string folder) : IDisposable
{
    private readonly NacrithEngine _engine = new(folder, threads: 1);
    private readonly Level _level = Level.Of(CompressOptions.DefaultLevel);

    /// <summary>Payload bytes and tokens of a whole file as one text region.</summary>
    public (int Length, int Tokens) Measure(byte[] content)
    {
        var parameters = _level.Parameters(content.Length, _engine.Positions);
        using var turn = _engine.Enter(CancellationToken.None);
        var codec = turn.TextCodec(_level.Plan, parameters.Window, parameters.Predictor);
        var payload = new ArrayBufferWriter<byte>();
        var id = TextTransform.Choose(content);
        TextRegion[] regions = [new(id, TextTransform.Apply(id, content))];
        var section = codec.Encode(regions, _level.Lanes, payload, (_, _) => { });
        return (payload.WrittenCount, section.TokenCount);
    }

    /// <summary>A line with the size of a frame, its tokens, the time and its regions.</summary>
    public string Frame(string file)
    {
        var content = File.ReadAllBytes(file);
        var parameters = _level.Parameters(content.Length, _engine.Positions);
        using var turn = _engine.Enter(CancellationToken.None);
        var watch = Stopwatch.StartNew();
        var frame = new FrameCompressor(_level, parameters).Compress(content, turn, new ProgressTracker(null));
        var seconds = watch.Elapsed.TotalSeconds;
        var regions = frame.Regions.Take(8).Select(region => $"{region.Kind}:{region.OriginalLength}:{region.TransformId}");
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{file}\t{content.Length}\t{frame.Length}\t{frame.Text.TokenCount}\t"
            + $"{seconds:F2} s\t{string.Join(' ', regions)}");
    }

    public void Dispose() => _engine.Dispose();
}
