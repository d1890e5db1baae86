using System.Diagnostics;
using NacrithOnnx.Runtime.Predict;

namespace NacrithOnnx.Compare;

/// <summary>Times single steps of lanes in lock step, as in decompression.</summary>
internal static class StepTimer
{
    /// <summary>Capacity of the cache; the time of a step grows with its content, so here it is half full.</summary>
    private const int Capacity = 512;

    /// <summary>Positions in the cache of each stream.</summary>
    public const int Filled = Capacity / 2;

    /// <summary>Seconds for one step: the fastest of <paramref name="steps"/> after one warm-up step.</summary>
    public static double Seconds(ILanguageModel model, ReadOnlySpan<int> tokens, int streams, int steps)
    {
        using var one = model.CreateCache(lanes: 1, Capacity);
        model.Forward(one, tokens[..Filled], logitsFrom: Filled);
        using var cache = model.CreateCache(streams, Capacity);
        cache.CopyFrom(one);
        var call = new int[streams];
        var best = double.MaxValue;
        for (var step = -1; step < steps; step++)
        {
            for (var stream = 0; stream < streams; stream++)
            {
                call[stream] = tokens[(Filled + step + 1 + stream) % tokens.Length];
            }

            var start = Stopwatch.GetTimestamp();
            model.Forward(cache, call, logitsFrom: 0);
            var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            best = step < 0 ? best : Math.Min(best, seconds);
        }

        return best;
    }
}
