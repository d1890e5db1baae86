using NacrithOnnx.Runtime.Kernels;

namespace NacrithOnnx.Runtime.Model;

/// <summary>
/// How many parts of activations each matrix product of a model takes: a model folder has one graph for each plan. The
/// plan changes the logits, so archives name it.
/// </summary>
/// <param name="Name">Its name in manifests and, after the name of the arithmetic, in archives.</param>
internal readonly record struct ArithmeticPlan(string Name)
{
    /// <summary>One part where that costs little size, two elsewhere.</summary>
    public static ArithmeticPlan Fast { get; } = new("fast");

    /// <summary>Two parts everywhere.</summary>
    public static ArithmeticPlan Precise { get; } = new("precise");

    /// <summary>What archives call the arithmetic under this plan.</summary>
    public string ArithmeticId => ExactArithmetic.Id + "-" + Name;

    /// <inheritdoc/>
    public override string ToString() => Name;
}
