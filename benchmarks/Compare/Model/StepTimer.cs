using System.Diagnostics;
using NacrithOnnx.Runtime.Predict;

namespace NacrithOnnx.Compare;

/// <summary>Times single steps of streams in lock step, as a decompressor takes them.</summary>
internal static class StepTimer
{
    /// <summary>Room of the cache; a step's time grows with what lies in it, so it is half full here.</summary>
    private const int Capacity = 512;
    private const int Filled = Capacity / 2;

    /// <summary>Seconds of one step: the fastest of <paramref name="steps"/> after one to warm up.</summary>
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
