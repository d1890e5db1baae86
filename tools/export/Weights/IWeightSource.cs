namespace NacrithOnnx.Export.Weights;

/// <summary>A trained Llama model, in any file format.</summary>
internal interface IWeightSource : IDisposable
{
    /// <summary>Dimensions and constants; checked.</summary>
    ModelShape Shape { get; }

    /// <summary>Reads a tensor as singles, row-major: a matrix is [outputs × inputs].</summary>
    /// <param name="name">Hugging Face's name, such as <c>model.layers.0.self_attn.q_proj.weight</c>; one of
    /// <see cref="LlamaTensors.Of"/>, all of which exist with the expected shape. The rows of Q and K are in Hugging
    /// Face's order, for rotary positions on half-split heads.</param>
    /// <exception cref="EnvironmentException">The file cannot be read, or a value is not finite.</exception>
    float[] Read(string name);

    /// <summary>Reads all files of the source and returns the SHA-256 of each.</summary>
    /// <exception cref="EnvironmentException">A file cannot be read.</exception>
    IReadOnlyList<SourceFile> Hash();
}
