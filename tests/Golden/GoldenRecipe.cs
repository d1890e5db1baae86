namespace NacrithOnnx.Tests.Golden;

/// <summary>How a file of golden/ is made, and what must come of it.</summary>
/// <param name="Name">File name without suffix.</param>
/// <param name="What">One line: what it is, or which rule it breaks.</param>
/// <param name="Bytes">The file.</param>
/// <param name="Code">The failure it must give; null for a good one.</param>
/// <param name="Content">What a good one decodes to.</param>
internal sealed record GoldenRecipe(
    string Name, string What, byte[] Bytes, NacrithErrorCode? Code = null, byte[]? Content = null);
