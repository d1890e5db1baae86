namespace NacrithOnnx.Export.Onnx;

/// <summary>One dimension of a graph input or output: a number, or a name that stands for the same number everywhere.
/// </summary>
internal readonly record struct OnnxDimension
{
    private OnnxDimension(long value, string? symbol)
    {
        Value = value;
        Symbol = symbol;
    }

    /// <summary>The number; 0 where <see cref="Symbol"/> is given.</summary>
    public long Value { get; }

    /// <summary>The name, or null.</summary>
    public string? Symbol { get; }

    /// <summary>A fixed dimension.</summary>
    public static implicit operator OnnxDimension(long value) => new(value, null);

    /// <summary>A symbolic dimension.</summary>
    public static implicit operator OnnxDimension(string symbol) => new(0, symbol);
}
