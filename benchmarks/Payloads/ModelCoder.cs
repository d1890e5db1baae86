using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using NacrithOnnx.Format;
using NacrithOnnx.Runtime.Engine;
using NacrithOnnx.Runtime.Frame;
using NacrithOnnx.Runtime.Predict;
using NacrithOnnx.Runtime.Segment;
using NacrithOnnx.Runtime.Text;

namespace NacrithOnnx.Payloads;

/// <summary>Level 6 on one thread: the language model alone, and a frame as the compressor writes it.</summary>
internal sealed class ModelCoder(string folder) : IDisposable
{
    private readonly NacrithEngine _engine = new(folder, threads: 1);
    private readonly Profile _profile = Profiles.OfLevel(CompressOptions.DefaultLevel);

    /// <summary>Payload bytes and tokens of a whole file as one text region.</summary>
    public (int Length, int Tokens) Measure(byte[] content)
    {
        using var turn = _engine.Enter(CancellationToken.None);
        var codec = turn.TextCodec(_profile.TextKey);
        var payload = new ArrayBufferWriter<byte>();
        var id = TextTransform.Choose(content);
        TextRegion[] regions = [new(id, TextTransform.Apply(id, content))];
        var section = codec.Encode(regions, _profile.Lanes, null, _ => LaneWindows.MaxRows, payload, (_, _) => { }, null);
        return (payload.WrittenCount, section.Tokens);
    }

    /// <summary>A line with the size of a frame, its tokens, the time and its regions.</summary>
    public string Frame(string file)
    {
        var content = File.ReadAllBytes(file);
        using var turn = _engine.Enter(CancellationToken.None);
        var watch = Stopwatch.StartNew();
        var frame = new FrameCompressor(_profile, null).Compress(
            content, BodyContainer.DataFrame, turn, new ProgressTracker(null).Begin(CancellationToken.None));
        var seconds = watch.Elapsed.TotalSeconds;
        var regions = frame.Regions.Take(8).Select(region => $"{region.Kind}:{region.OriginalLength}:{region.TransformId}");
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{file}\t{content.Length}\t{frame.Length(content, BodyContainer.DataFrame)}\t{frame.Text.Tokens}\t"
            + $"{seconds:F2} s\t{string.Join(' ', regions)}");
    }

    public void Dispose() => _engine.Dispose();
}
