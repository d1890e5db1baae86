namespace NacrithOnnx.Compare;

/// <summary>A benchmark cannot run as requested, or a program did not restore its input.</summary>
internal sealed class BenchmarkException(string message) : Exception(message);
