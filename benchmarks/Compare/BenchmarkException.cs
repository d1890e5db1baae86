namespace NacrithOnnx.Compare;

/// <summary>A benchmark cannot run as asked, or a program did not give back what it was given.</summary>
internal sealed class BenchmarkException(string message) : Exception(message);
