namespace NacrithOnnx.Runtime.Engine;

/// <summary>How many frames of an archive are coded at the same time, unless the caller says it.</summary>
/// <remarks>
/// One thread for each frame: no thread waits for another then. Measured on two cores with two frames, two workers of one
/// thread against one of two (docs/scaling.md), with the model open: a fifth faster in decompressing, and faster in compressing.
/// </remarks>
internal static class WorkerRule
{
    /// <summary>What a worker takes: cache, predictor, logits and frames at level 6, where the cache is largest.</summary>
    public const long MemoryOfWorker = 700L << 20;

    /// <summary>The most workers.</summary>
    /// <param name="threads">Threads of the engine.</param>
    /// <param name="memory">Memory of the machine or container; half of it is for others.</param>
    public static int Most(int threads, long memory) => (int)Math.Clamp(memory / 2 / MemoryOfWorker, 1, threads);
}
