namespace NacrithOnnx.Tests.Code;

/// <summary>The owner of [Low, Low + Frequency) of [0, Total).</summary>
internal readonly record struct Symbol(ulong Low, uint Frequency, ulong Total);
