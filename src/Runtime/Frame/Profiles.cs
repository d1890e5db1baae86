using NacrithOnnx.Runtime.Bytes;
using NacrithOnnx.Runtime.Mix;
using NacrithOnnx.Runtime.Model;
using NacrithOnnx.Runtime.Predict;
using NacrithOnnx.Runtime.Text;

namespace NacrithOnnx.Runtime.Frame;

/// <summary>
/// The numbered profiles. They are part of the format: a profile never changes, and docs/format.md lists them all.
/// Better settings get a new number.
/// </summary>
internal static class Profiles
{
    // Each level is a distinct trade of size against speed, measured in benchmarks/README.md. Nine settings would differ
    // too little, and faster ones are not worthwhile: the model reads every token once at any level. Profile 1 was that
    // of levels 1 to 3 and is only read: with 1.15 and 1.36 times the speed of profile 2 both ways, for 3.1 % more bytes,
    // it was not worth a level. Tokens that a rebuilt window keeps are fed twice; keeping an eighth adds a seventh to the
    // time. A longer window that keeps less beats a shorter one that keeps more in both size and time: 2048/256 against
    // 1024/384, for example.
    private static readonly Profile[] All =
    [
        Make(1, ArithmeticPlan.Fast, new(1024, 128), new(32, 1024, 256, 4), hiddenRate: 0f),
        Make(2, ArithmeticPlan.Fast, new(2048, 256), new(16, 3072, 512, 4), hiddenRate: 0.8f),
        Make(3, ArithmeticPlan.Fast, new(4096, 1024), new(4, 8192, 512, 4), hiddenRate: 0.8f),
        Make(4, ArithmeticPlan.Precise, new(8192, 2048), new(1, int.MaxValue, 0, 4), hiddenRate: 0.8f),
    ];

    /// <summary>Profiles of levels 1 to 9.</summary>
    private static ReadOnlySpan<byte> OfLevels => [2, 2, 2, 2, 2, 2, 3, 3, 4];

    /// <summary>The profile that a level writes.</summary>
    public static Profile OfLevel(int level)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(level, CompressOptions.MinLevel);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(level, CompressOptions.MaxLevel);
        return Of(OfLevels[level - 1]);
    }

    /// <summary>The profile with a number.</summary>
    /// <exception cref="UnsupportedVersionException">No profile of this version has the number.</exception>
    public static Profile Of(int number) => number >= 1 && number <= All.Length
        ? All[number - 1]
        : throw new UnsupportedVersionException(
            $"The content was compressed with profile {number}, which needs a newer version of this program.");

    /// <summary>Every value is explicit: defaults of other types must not change a profile.</summary>
    private static Profile Make(
        int number, ArithmeticPlan plan, WindowSettings window, LaneRule lanes, float hiddenRate) => new(
            number,
            plan,
            window,
            lanes,
            new PredictorSettings
            {
                LogitWeight = 0.98f,
                BiasRate = 0.6f,
                BiasDecay = 1f,
                BiasFloor = 0.05f,
                Warmup = 500,
                HiddenRate = hiddenRate,
                HiddenDecay = 0.1f,
                HiddenFloor = 0.2f,
                ContextOrders = 6,
                ContextBits = 16,
                ContextRate = 0.1f,
                ContextStart = 0.25f,
                MatchCandidates = 1,
                MatchLength = 5,
                EvidenceRate = 0.4f,
                EvidenceFloor = 0.02f,
            },
            new ByteCoderSettings(22));
}
