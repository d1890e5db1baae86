namespace NacrithOnnx.Runtime.Kernels.Steps;

/// <summary>Keys and values of one layer, in memory that stays where it is; see <see cref="AttentionInputs"/>.</summary>
internal readonly unsafe struct LayerCache
{
    public required sbyte* Key { get; init; }

    public required float* KeyScale { get; init; }

    public required sbyte* Value { get; init; }

    public required float* ValueScale { get; init; }
}
