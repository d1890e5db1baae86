using NacrithOnnx.Runtime.Engine;
using NacrithOnnx.Runtime.Mix;

namespace NacrithOnnx.Runtime.Archive;

/// <summary>How many frames are coded at the same time, and what each may take of the memory.</summary>
/// <param name="Frames">Number of frames, at least 1.</param>
/// <param name="Share">Bytes of memory for each.</param>
internal readonly record struct FrameSharing(int Frames, long Share)
{
    /// <summary>As many frames as fit.</summary>
    /// <param name="memory">What things take.</param>
    /// <param name="limit">Bytes of memory for all of them.</param>
    /// <param name="most">The most frames.</param>
    /// <param name="predictor">Settings of their predictors.</param>
    /// <param name="caches">Bytes of the caches of a frame, at most.</param>
    /// <param name="frameLength">Bytes of a frame.</param>
    public static FrameSharing Within(
        MemoryRule memory, long limit, int most, PredictorSettings predictor, long caches, int frameLength)
    {
        // A frame that is coded, and those that wait to be coded and to be written.
        const int BytesPerContentByte = DecompressOptions.BytesPerContentByte + (2 * ArchiveWriter.QueueLength);
        var frames = Math.Min(most, memory.Workers(limit, predictor, caches, (long)BytesPerContentByte * frameLength));
        return new FrameSharing(frames, memory.Share(limit, frames));
    }
}
