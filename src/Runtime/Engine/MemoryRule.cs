using NacrithOnnx.Runtime.Mix;
using NacrithOnnx.Runtime.Predict;

namespace NacrithOnnx.Runtime.Engine;

/// <summary>
/// What coding takes, in bytes, beside the program itself. Measured in docs/scaling.md: the peak of the process is below the sum.
/// </summary>
/// <param name="shape">Dimensions of the model.</param>
/// <param name="weights">Bytes of its weight files.</param>
internal sealed class MemoryRule(ModelShape shape, long weights)
{
    /// <summary>
    /// Per row of a call and token of the vocabulary: two buffers of logits, sums of two parts, and what ONNX Runtime's allocator
    /// rounds up. 28 bytes were measured with 16 to 128 rows.
    /// </summary>
    private const int BytesPerLogit = 32;

    /// <summary>Per token of the vocabulary: bias, evidence, numbers of rows, and frequencies, twice.</summary>
    private const int BytesPerToken = 32;

    /// <summary>The model of all workers: its weights, packed, and the table of embeddings as it lies in its file, a fifth.</summary>
    public long Model => weights + (weights / 4);

    /// <summary>The predictor of a worker.</summary>
    public long Predictor(PredictorSettings settings) =>
        settings.TableLength + HiddenRows.MaxLength(settings.HiddenRate > 0f ? shape.Hidden : 0, shape.Vocabulary)
        + ((long)BytesPerToken * shape.Vocabulary);

    /// <summary>Caches of this many positions, of all lanes.</summary>
    public long Caches(int positions) => shape.CacheLength(1, positions);

    /// <summary>Caches of lanes, each of the positions that it needs.</summary>
    public long Caches(int lanes, long positions, WindowSettings window)
    {
        window = window.Within(shape.Positions);
        return shape.CacheLength(lanes, (int)Math.Min(window.Context, positions));
    }

    /// <summary>Frames that fit at the same time, at least 1.</summary>
    /// <param name="limit">Memory for all of them.</param>
    /// <param name="settings">Settings of their predictors.</param>
    /// <param name="caches">Caches of a frame, at most.</param>
    /// <param name="frames">Bytes of a frame in work and of those that wait for their turn.</param>
    public int Workers(long limit, PredictorSettings settings, long caches, long frames)
    {
        var worker = Predictor(settings) + caches + Calls(LaneWindows.MaxRows) + frames;
        return (int)Math.Clamp((limit - Model) / worker, 1, int.MaxValue);
    }

    /// <summary>The limit of one frame of several that are coded at the same time.</summary>
    public long Share(long limit, int workers) => workers == 1 ? limit : Model + ((limit - Model) / workers);

    /// <summary>Buffers of calls of this many rows.</summary>
    public long Calls(int rows) => (long)BytesPerLogit * shape.Vocabulary * rows;
}
