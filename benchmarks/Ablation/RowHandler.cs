namespace NacrithOnnx.Ablation;

/// <summary>
/// Receives one row: the language model's prediction of the next token of a lane, and the actual token.
/// </summary>
internal delegate void RowHandler(int stream, ReadOnlySpan<float> logits, ReadOnlySpan<float> hidden, int token);
