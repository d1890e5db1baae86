namespace NacrithOnnx.Ablation;

/// <summary>Takes one row: what the language model says of the next token of a stream, and the token that came.</summary>
internal delegate void RowHandler(int stream, ReadOnlySpan<float> logits, ReadOnlySpan<float> hidden, int token);
