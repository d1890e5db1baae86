namespace NacrithOnnx.Runtime.Kernels.Steps;

/// <summary>Weights of a layer.</summary>
internal sealed class StepLayer : IDisposable
{
    /// <summary>Gain of the norm before attention [hidden], pinned.</summary>
    public required float[] Gain { get; init; }

    /// <summary>Queries, keys and values.</summary>
    public required StepMatrix Qkv { get; init; }

    /// <summary>Output of attention.</summary>
    public required StepMatrix Output { get; init; }

    /// <summary>Gain of the norm before the feed-forward layer [hidden], pinned.</summary>
    public required float[] FeedForwardGain { get; init; }

    /// <summary>Gates, then ups.</summary>
    public required StepMatrix GateUp { get; init; }

    public required StepMatrix Down { get; init; }

    /// <summary>All of them.</summary>
    public IReadOnlyList<StepMatrix> Matrices => [Qkv, Output, GateUp, Down];

    public void Dispose()
    {
        foreach (var matrix in Matrices)
        {
            matrix.Dispose();
        }
    }
}
