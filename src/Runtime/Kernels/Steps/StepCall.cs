namespace NacrithOnnx.Runtime.Kernels.Steps;

/// <summary>Inputs and outputs of calls of one shape on one cache, in memory that stays where it is.</summary>
internal sealed unsafe class StepCall
{
    public required int Lanes { get; init; }

    /// <summary>New positions per lane.</summary>
    public required int Count { get; init; }

    /// <summary>First of them whose logits are needed.</summary>
    public required int LogitsFrom { get; init; }

    /// <summary>Tokens [lanes, count].</summary>
    public required long* Tokens { get; init; }

    /// <summary>Their positions [lanes, count].</summary>
    public required long* Positions { get; init; }

    /// <summary>The cache, layer by layer, which receives the new rows.</summary>
    public required LayerCache[] Cache { get; init; }

    /// <summary>Capacity of the cache in positions, whole tiles.</summary>
    public required int Capacity { get; init; }

    /// <summary>Receives logits [lanes, count − logitsFrom, vocabulary].</summary>
    public required float* Logits { get; init; }

    /// <summary>Receives hidden states [lanes, count − logitsFrom, hidden].</summary>
    public required float* HiddenStates { get; init; }

    /// <summary>Positions in the cache before the call.</summary>
    public int Past { get; set; }

    /// <summary>Positions at the beginning of the cache that are the same in all lanes.</summary>
    public int Shared { get; set; }

    public int Rows => Lanes * Count;

    /// <summary>Rows whose logits are needed.</summary>
    public int KeptRows => Lanes * (Count - LogitsFrom);
}
