namespace NacrithOnnx.Runtime.Kernels.Steps;

/// <summary>Reads rows of weights [inputs, outputs], from row <paramref name="first"/> on.</summary>
internal delegate void RowReader(int first, Span<sbyte> rows);
