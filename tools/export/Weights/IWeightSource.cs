namespace NacrithOnnx.Export.Weights;

/// <summary>A trained Llama model, whatever file it comes in.</summary>
internal interface IWeightSource : IDisposable
{
    /// <summary>Dimensions and constants; checked.</summary>
    ModelShape Shape { get; }

    /// <summary>Reads a tensor as singles, row-major: a matrix is [outputs × inputs].</summary>
    /// <param name="name">Hugging Face's name, such as <c>model.layers.0.self_attn.q_proj.weight</c>; one of
    /// <see cref="LlamaTensors.Of"/>, all of which are there with the right shape. The rows of Q and K are in Hugging
    /// Face's order, for rotary positions on half-split heads.</param>
    /// <exception cref="EnvironmentException">The file cannot be read, or a value is not finite.</exception>
    float[] Read(string name);

    /// <summary>Reads all files of the source through, and gives the SHA-256 of each.</summary>
    /// <exception cref="EnvironmentException">A file cannot be read.</exception>
    IReadOnlyList<SourceFile> Hash();
}
