namespace NacrithOnnx.Ablation;

/// <summary>An experiment on the rows of a text, other than the gain of the predictor's parts.</summary>
internal interface IRowTrial
{
    /// <summary>Takes the next row; see <see cref="RowHandler"/>.</summary>
    void Code(int stream, ReadOnlySpan<float> logits, ReadOnlySpan<float> hidden, int token);

    /// <summary>Prints the result.</summary>
    void Report(string name);
}
