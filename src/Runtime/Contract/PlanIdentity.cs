namespace NacrithOnnx;

/// <summary>Identity of a model with one arithmetic.</summary>
/// <param name="ModelSha256">SHA-256 of the model, in lower-case hexadecimal.</param>
/// <param name="ArithmeticId">Name of the exact arithmetic.</param>
public sealed record PlanIdentity(string ModelSha256, string ArithmeticId);
