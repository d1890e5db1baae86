using NacrithOnnx.Runtime.Kernels;

namespace NacrithOnnx.Runtime.Model;

/// <summary>
/// The number of parts in which each matrix product of a model takes its activations. A model folder has one graph per
/// plan. The plan changes the logits, so profiles name it.
/// </summary>
/// <param name="Name">Name in manifests and, after the arithmetic id, in listings.</param>
internal readonly record struct ArithmeticPlan(string Name)
{
    /// <summary>One part where that costs little in size, two elsewhere.</summary>
    public static ArithmeticPlan Fast { get; } = new("fast");

    /// <summary>Two parts everywhere.</summary>
    public static ArithmeticPlan Precise { get; } = new("precise");

    /// <summary>Id of the arithmetic with this plan.</summary>
    public string ArithmeticId => ExactArithmetic.Id + "-" + Name;

    /// <inheritdoc/>
    public override string ToString() => Name;
}
