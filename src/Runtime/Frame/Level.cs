using NacrithOnnx.Runtime.Model;
using NacrithOnnx.Runtime.Predict;
using NacrithOnnx.Runtime.Text;

namespace NacrithOnnx.Runtime.Frame;

/// <summary>
/// What a level stands for. Each is a point of its own on the curve of size against speed: benchmarks/README.md has the
/// measurements. All of it is a function of the level and the input, never of the machine.
/// </summary>
/// <param name="Plan">Plan of the model's arithmetic.</param>
/// <param name="Window">The model's window.</param>
/// <param name="Lanes">How texts are cut into lanes.</param>
/// <param name="AdaptsHead">Whether the output layer learns from hidden states: about 1 % smaller, 60 µs a token.</param>
internal sealed record Level(ArithmeticPlan Plan, WindowSettings Window, LaneRule Lanes, bool AdaptsHead)
{
    /// <summary>
    /// Content of one frame: every frame starts cold, and its head takes about 100 bytes, so that content that is only
    /// stored grows by less than 0.01 %.
    /// </summary>
    public const int FrameLength = 4 << 20;

    /// <summary>About 1,000 tokens of a text, which is what the standard window holds.</summary>
    private const int ShortLength = 4096;

    // What a window keeps is fed twice. An eighth costs a seventh of the time, and where it wins a longer window instead
    // of keeping more of a short one, it wins size and time both: 2048/256 against 1024/384, for example.
    private static readonly Level Quick = new(
        ArithmeticPlan.Fast, new WindowSettings(1024, 128), new LaneRule(32, 1024, 256), false);
    private static readonly Level Middle = new(
        ArithmeticPlan.Fast, new WindowSettings(2048, 256), new LaneRule(16, 3072, 512), true);
    private static readonly Level Strong = new(
        ArithmeticPlan.Fast, new WindowSettings(4096, 1024), new LaneRule(4, 8192, 512), true);
    private static readonly Level Best = new(
        ArithmeticPlan.Precise, new WindowSettings(8192, 2048), new LaneRule(1, int.MaxValue, 0), true);

    /// <summary>
    /// Levels 1 to 9: four real ones, since nine would not differ enough to choose between. Nothing quicker pays: the model
    /// reads every token once at any level, and windows of 512 or 64 lanes cost 2 to 3 % of size for 5 % of time.
    /// </summary>
    private static readonly Level[] Levels = [Quick, Quick, Quick, Middle, Middle, Middle, Strong, Strong, Best];

    public static Level Of(int level)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(level, CompressOptions.MinLevel);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(level, CompressOptions.MaxLevel);
        return Levels[level - 1];
    }

    /// <summary>What the archive's header says of this level.</summary>
    /// <param name="firstLength">
    /// Bytes of the first frame. A short one fits the window that needs no words in the header: 20 bytes, a twentieth of an
    /// archive of a kilobyte.
    /// </param>
    /// <param name="positions">Longest context of the model.</param>
    public CodecParameters Parameters(int firstLength, int positions) => CodecParameters.Standard with
    {
        Window = (firstLength <= ShortLength ? CodecParameters.Standard.Window : Window).Within(positions),
        Predictor = AdaptsHead
            ? CodecParameters.Standard.Predictor
            : CodecParameters.Standard.Predictor with { HiddenRate = 0 },
    };
}
