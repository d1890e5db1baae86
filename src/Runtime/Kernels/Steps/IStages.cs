namespace NacrithOnnx.Runtime.Kernels.Steps;

/// <summary>Work in stages: each begins when all items of the one before have ended.</summary>
internal interface IStages
{
    /// <summary>Number of stages.</summary>
    int Count { get; }

    /// <summary>Number of items of a stage, at most <see cref="StageTeam.MaxItems"/>; asked for when the stage begins.</summary>
    int Items(int stage);

    /// <summary>Runs an item; items of a stage may run at the same time.</summary>
    void Run(int stage, int item);
}
