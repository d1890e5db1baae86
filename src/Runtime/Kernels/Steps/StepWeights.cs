namespace NacrithOnnx.Runtime.Kernels.Steps;

/// <summary>Everything of a model that stays from call to call.</summary>
internal sealed class StepWeights : IDisposable
{
    public required int Heads { get; init; }

    public required int KeyValueHeads { get; init; }

    /// <summary>Epsilon of the norms.</summary>
    public required double Epsilon { get; init; }

    /// <summary>Rotary tables [positions, 32], pinned.</summary>
    public required float[] Cos { get; init; }

    /// <summary>See <see cref="Cos"/>.</summary>
    public required float[] Sin { get; init; }

    public required IReadOnlyList<StepLayer> Layers { get; init; }

    /// <summary>Gain of the last norm [hidden], pinned.</summary>
    public required float[] FinalGain { get; init; }

    /// <summary>The head, whose columns are the embeddings too.</summary>
    public required StepMatrix Embedding { get; init; }

    /// <summary>Width of the residual.</summary>
    public int Hidden => Embedding.Inputs;

    /// <summary>Width of the feed-forward layer.</summary>
    public int Intermediate => Layers[0].Down.Inputs;

    public int Vocabulary => Embedding.Outputs;

    public void Dispose()
    {
        foreach (var layer in Layers)
        {
            layer.Dispose();
        }

        Embedding.Dispose();
    }
}
