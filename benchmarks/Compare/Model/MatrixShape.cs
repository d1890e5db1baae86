namespace NacrithOnnx.Compare;

/// <summary>A matrix product of the model.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Inputs">Rows of the weights.</param>
/// <param name="Outputs">Columns of the weights.</param>
/// <param name="Wide">Whether its activations come in two parts, which doubles the rows.</param>
internal sealed record MatrixShape(string Name, int Inputs, int Outputs, bool Wide);
