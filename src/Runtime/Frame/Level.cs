using NacrithOnnx.Runtime.Model;
using NacrithOnnx.Runtime.Predict;
using NacrithOnnx.Runtime.Text;

namespace NacrithOnnx.Runtime.Frame;

/// <summary>
/// The settings of a level. Each level is a distinct trade of size against speed, measured in benchmarks/README.md. The
/// settings depend only on the level and the input, never on the machine.
/// </summary>
/// <param name="Plan">Plan of the model's arithmetic.</param>
/// <param name="Window">The model's window.</param>
/// <param name="Lanes">How texts are split into lanes.</param>
/// <param name="AdaptsHead">
/// Whether the output layer learns from hidden states: about 1 % smaller (docs/predictor.md).
/// </param>
internal sealed record Level(ArithmeticPlan Plan, WindowSettings Window, LaneRule Lanes, bool AdaptsHead)
{
    /// <summary>
    /// Bytes of content in a frame. Every frame starts cold, and its header takes about 100 bytes, so content that is
    /// only stored grows by less than 0.01 %.
    /// </summary>
    public const int FrameLength = 4 << 20;

    /// <summary>About 1,000 tokens of text, the length of the standard window.</summary>
    private const int ShortLength = 4096;

    // Tokens that a rebuilt window keeps are fed twice; keeping an eighth adds a seventh to the time. A longer window
    // that keeps less beats a shorter one that keeps more in both size and time: 2048/256 against 1024/384, for
    // example.
    private static readonly Level Quick = new(
        ArithmeticPlan.Fast, new WindowSettings(1024, 128), new LaneRule(32, 1024, 256, 4), false);
    private static readonly Level Middle = new(
        ArithmeticPlan.Fast, new WindowSettings(2048, 256), new LaneRule(16, 3072, 512, 4), true);
    private static readonly Level Strong = new(
        ArithmeticPlan.Fast, new WindowSettings(4096, 1024), new LaneRule(4, 8192, 512, 4), true);
    private static readonly Level Best = new(
        ArithmeticPlan.Precise, new WindowSettings(8192, 2048), new LaneRule(1, int.MaxValue, 0, 4), true);

    /// <summary>
    /// Levels 1 to 9 select among four settings; nine would differ too little. Faster settings are not worthwhile: the
    /// model reads every token once at any level, and windows of 512 or 64 lanes cost 2 to 3 % in size for 5 % of time.
    /// </summary>
    private static readonly Level[] Levels = [Quick, Quick, Quick, Middle, Middle, Middle, Strong, Strong, Best];

    public static Level Of(int level)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(level, CompressOptions.MinLevel);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(level, CompressOptions.MaxLevel);
        return Levels[level - 1];
    }

    /// <summary>The parameters in the header of an archive of this level.</summary>
    /// <param name="firstLength">
    /// Bytes of the first frame. If it is short, it fits in the standard window, which the header need not state. That
    /// saves 20 bytes, a twentieth of an archive of a kilobyte.
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
