using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace NacrithOnnx.Compare;

/// <summary>
/// What this machine gives, measured in the run that is compared with it (Williams, Waterman and Patterson, Roofline,
/// 2009): bytes per second that all threads read together, and byte multiplications and additions per second of the
/// best instruction that .NET has.
/// </summary>
/// <param name="BytesPerSecond">Streaming read.</param>
/// <param name="OperationsPerSecond">Two for each multiplication with addition, in registers.</param>
/// <param name="Instruction">The instruction.</param>
internal readonly record struct Roofline(double BytesPerSecond, double OperationsPerSecond, string Instruction)
{
    /// <summary>About the weights of the model, so that a cache that holds them counts here too.</summary>
    private const int Bytes = 135 << 20;

    private const int Runs = 7;

    /// <summary>Measures with a number of threads.</summary>
    public static Roofline Measure(int threads)
    {
        var (instruction, operations) = ProductPeak.Measure(threads, Runs);
        return new Roofline(ReadingSpeed(threads), operations, instruction);
    }

    /// <summary>Most tokens per second of calls that compute and read this much for each token.</summary>
    public double TokensPerSecond(double operationsPerToken, double bytesPerToken) =>
        Math.Min(OperationsPerSecond / operationsPerToken, BytesPerSecond / bytesPerToken);

    /// <summary>Seconds of the fastest run on all threads.</summary>
    internal static double Seconds(int threads, int runs, Action<int> work)
    {
        var best = double.MaxValue;
        for (var run = -1; run < runs; run++)
        {
            using var start = new Barrier(threads + 1);
            var workers = new Thread[threads];
            for (var i = 0; i < threads; i++)
            {
                var index = i;
                workers[i] = new Thread(() =>
                {
                    start.SignalAndWait();
                    work(index);
                });
                workers[i].Start();
            }

            start.SignalAndWait();
            var began = Stopwatch.GetTimestamp();
            Array.ForEach(workers, worker => worker.Join());
            var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
            best = run < 0 ? best : Math.Min(best, seconds);
        }

        return best;
    }

    private static double ReadingSpeed(int threads)
    {
        var memory = new long[Bytes / sizeof(long)];
        memory.AsSpan().Fill(1);
        var share = memory.Length / threads;
        long sink = 0;
        var seconds = Seconds(threads, Runs, i => Interlocked.Add(ref sink, Sum(memory.AsSpan(i * share, share))));
        return Bytes / seconds;
    }

    private static long Sum(ReadOnlySpan<long> numbers)
    {
        // Two sums of four vectors: reading is the limit, not the additions.
        var (a, b) = (Vector256<long>.Zero, Vector256<long>.Zero);
        ref var first = ref MemoryMarshal.GetReference(numbers);
        var step = 4 * Vector256<long>.Count;
        for (var i = 0; i <= numbers.Length - step; i += step)
        {
            a += Vector256.LoadUnsafe(ref first, (nuint)i) + Vector256.LoadUnsafe(ref first, (nuint)i + 4);
            b += Vector256.LoadUnsafe(ref first, (nuint)i + 8) + Vector256.LoadUnsafe(ref first, (nuint)i + 12);
        }

        return Vector256.Sum(a + b);
    }
}
