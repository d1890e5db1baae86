namespace NacrithOnnx.Export.Weights;

/// <summary>One file that weights were taken from.</summary>
/// <param name="Name">File name without folder.</param>
/// <param name="Sha256">SHA-256 of its bytes, lower-case hexadecimal.</param>
internal readonly record struct SourceFile(string Name, string Sha256);
