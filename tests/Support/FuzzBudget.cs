using System.Diagnostics;
using System.Globalization;
using FsCheck;
using Microsoft.FSharp.Core;

namespace NacrithOnnx.Tests.Support;

/// <summary>
/// How long generated tests run and with which seed. A run without settings is short and always the same; a long run
/// sets both: NACRITH_FUZZ_SECONDS=600 NACRITH_FUZZ_SEED=7 dotnet test tests --filter Fuzz.
/// </summary>
internal sealed class FuzzBudget
{
    private const string SecondsVariable = "NACRITH_FUZZ_SECONDS";
    private const string SeedVariable = "NACRITH_FUZZ_SEED";
    private const int DefaultSeed = 20261123;

    /// <summary>Sizes grow over a group of cases; the clock is looked at between groups.</summary>
    private const int GroupLength = 20;

    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private readonly TimeSpan _duration;

    /// <summary>Starts the clock.</summary>
    /// <param name="seconds">Duration unless the environment sets one.</param>
    public FuzzBudget(double seconds)
    {
        _duration = TimeSpan.FromSeconds(
        Environment.GetEnvironmentVariable(SecondsVariable) is { Length: > 0 } text
            ? double.Parse(text, CultureInfo.InvariantCulture)
            : seconds);
    }

    /// <summary>Seed of the random numbers; every test prints it.</summary>
    public static int Seed { get; } = Environment.GetEnvironmentVariable(SeedVariable) is { Length: > 0 } text
        ? int.Parse(text, CultureInfo.InvariantCulture)
        : DefaultSeed;

    public bool IsLeft => _watch.Elapsed < _duration;

    /// <summary>
    /// Checks a property for as long as there is time. A failure names the shrunk case, the seed of its group and its size.
    /// </summary>
    public void Spend(Property property)
    {
        for (ulong group = 0; IsLeft; group++)
        {
            var replay = new Replay(new Rnd((ulong)Seed + group, 1), FSharpOption<int>.None);
            Check.One(
                Config.QuickThrowOnFailure.WithMaxTest(GroupLength).WithReplay(FSharpOption<Replay>.Some(replay)), property);
        }
    }
}
