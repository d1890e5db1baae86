namespace NacrithOnnx.Tests.Architecture;

/// <summary>A C# file.</summary>
/// <param name="Path">Path from the root of the repository, with forward slashes.</param>
/// <param name="Text">Its content.</param>
internal sealed record SourceFile(string Path, string Text);
