namespace NacrithOnnx.Train.Training;

/// <summary>How to train.</summary>
internal sealed record TrainSettings
{
    /// <summary>Learning rate by tokens.</summary>
    public required RateSchedule Schedule { get; init; }

    /// <summary>Tokens of a step, at least; whole chunks.</summary>
    public required int BatchTokens { get; init; }

    /// <summary>Decoupled weight decay of AdamW.</summary>
    public required double WeightDecay { get; init; }

    /// <summary>Gradients are scaled down to this norm.</summary>
    public required double MaxNorm { get; init; }

    /// <summary>Time between checkpoints.</summary>
    public required TimeSpan CheckpointInterval { get; init; }

    /// <summary>Tokens between two validations.</summary>
    public required long CheckInterval { get; init; }
}
