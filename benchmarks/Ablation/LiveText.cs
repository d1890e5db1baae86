using System.Buffers;
using NacrithOnnx.Format;
using NacrithOnnx.Runtime.Frame;
using NacrithOnnx.Runtime.Model;
using NacrithOnnx.Runtime.Predict;
using NacrithOnnx.Runtime.Segment;
using NacrithOnnx.Runtime.Text;

namespace NacrithOnnx.Ablation;

/// <summary>A text file run through the model as one frame of a level.</summary>
internal sealed class LiveText : IRowSource
{
    private readonly LoadedModel _loaded;
    private readonly int[] _tokens;
    private readonly LaneLayout _layout;
    private readonly WindowSettings _window;

    internal LiveText(string path, AblationOptions options)
    {
        Name = Path.GetFileName(path);
        var profile = Profiles.OfLevel(options.Level);
        var folder = new ModelFolder(options.ModelFolder);
        _loaded = LoadedModel.Open(folder, profile.Plan, options.Threads, ModelDevices.Cpu);
        _window = profile.Window.Within(_loaded.Model.Shape.Positions);
        var content = File.ReadAllBytes(path);
        _tokens = Tokenize(content.AsSpan(0, Math.Min(options.First, content.Length)), folder);
        var layout = options.Streams > 0
            ? new LaneLayout(_tokens.Length, options.Streams, 0)
            : profile.Lanes.PrimedLayout(_tokens.Length, _window);
        using var coder = new TextCoder(_loaded.Model, _window, profile.Predictor);
        _layout = options.Primer is { } primer ? layout with { Primer = primer }
            : coder.PrefersPrimer(_tokens, layout, _ => { }) ? layout
            : layout with { Primer = 0 };
    }

    public string Name { get; }

    public int Tokens => _tokens.Length;

    public int Streams => _layout.Lanes;

    public int Vocabulary => _loaded.Model.Shape.Vocabulary;

    public int HiddenWidth => _loaded.Model.Shape.Hidden;

    public void Run(RowHandler handler)
    {
        if (_layout.Primer == 0)
        {
            using var windows = new LaneWindows(_loaded.Model, _layout.Lanes, _layout.Steps, _window, null);
            Run(handler, _layout, windows);
            return;
        }

        using var primer = new LaneWindows(_loaded.Model, 1, _layout.Primer, _window, null);
        Run(handler, new LaneLayout(_layout.Primer, 1, 0), primer);
        using var primed = new LaneWindows(
            _loaded.Model, _layout.Lanes, _layout.Steps, _window, primer.AsPrefix());
        Run(handler, _layout, primed);
    }

    public void Dispose() => _loaded.Dispose();

    private void Run(RowHandler handler, LaneLayout layout, LaneWindows windows)
    {
        for (var stream = 0; stream < layout.Lanes; stream++)
        {
            windows.Announce(stream, _tokens.AsSpan(layout.Start(stream), layout.Length(stream)));
        }

        for (var step = 0; step < layout.Steps; step++)
        {
            windows.MoveTo(step);
            for (var stream = 0; stream < layout.Lanes && step < layout.Length(stream); stream++)
            {
                handler(
                    stream, windows.Logits(stream, step), windows.HiddenState(stream, step),
                    _tokens[layout.Start(stream) + step]);
            }
        }
    }

    private static int[] Tokenize(ReadOnlySpan<byte> content, ModelFolder folder)
    {
        var tokenizer = folder.Tokenizer();
        var tokens = new ArrayBufferWriter<int>();
        foreach (var stretch in Segmenter.Split(content))
        {
            if (stretch.Kind == RegionKind.Text)
            {
                var region = content.Slice(stretch.Offset, stretch.Length);
                tokenizer.Encode(TextTransform.Apply(TextTransform.Choose(region), region), tokens);
            }
        }

        return tokens.WrittenSpan.ToArray();
    }
}
