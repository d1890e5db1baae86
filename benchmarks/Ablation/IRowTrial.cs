namespace NacrithOnnx.Ablation;

/// <summary>A question about the rows of a text, other than what the predictor's parts win.</summary>
internal interface IRowTrial
{
    /// <summary>Takes the next row; see <see cref="RowHandler"/>.</summary>
    void Code(int stream, ReadOnlySpan<float> logits, ReadOnlySpan<float> hidden, int token);

    /// <summary>Prints the answer.</summary>
    void Report(string name);
}
