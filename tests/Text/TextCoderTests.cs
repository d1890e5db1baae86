using System.Buffers;
using NacrithOnnx.Runtime.Mix;
using NacrithOnnx.Runtime.Onnx;
using NacrithOnnx.Runtime.Onnx.CustomOps;
using NacrithOnnx.Runtime.Predict;
using NacrithOnnx.Runtime.Text;
using NacrithOnnx.Tests.Support;

namespace NacrithOnnx.Tests.Text;

/// <summary>Tokens survive a round trip with any layout that a frame may have.</summary>
public sealed class TextCoderTests : IDisposable
{
    private readonly OnnxLanguageModel _model = TinyModel.Graph.Open("fast", KernelSets.Best);

    public void Dispose() => _model.Dispose();

    [Theory]
    [InlineData(0, 1, 0)]
    [InlineData(1, 1, 0)]
    [InlineData(16, 1, 0)]
    [InlineData(100, 1, 0)]
    [InlineData(101, 3, 0)]
    [InlineData(7, 7, 0)]
    [InlineData(8, 7, 0)]
    [InlineData(100, 1, 1)]
    [InlineData(100, 4, 15)]
    [InlineData(20, 4, 15)]
    [InlineData(16, 4, 15)]
    public void Tokens_survive_a_round_trip(int count, int lanes, int primer)
    {
        var predictor = PredictorSettings.Ensemble with { ContextBits = 7, MatchCandidates = 2 };
        var random = new Random(count);
        int[] tokens = [.. Enumerable.Range(0, count).Select(_ => random.Next(_model.Shape.Vocabulary))];
        using var coder = new TextCoder(_model, new WindowSettings(16, 12), predictor);
        var layout = new LaneLayout(count, lanes, primer);
        var payload = new ArrayBufferWriter<byte>();
        var told = 0;

        coder.Encode(tokens, layout, null, payload, done => told = done);

        Assert.Equal(count, told);
        Assert.Equal(tokens, coder.Decode(payload.WrittenMemory, layout, null, _ => { }));
    }
}
