namespace NacrithOnnx.Format;

/// <summary>What must be the same on both sides for text to decode: model, tokenizer and arithmetic.</summary>
/// <param name="Model">SHA-256 of the model.</param>
/// <param name="Tokenizer">SHA-256 of the tokenizer.</param>
/// <param name="ArithmeticId">Name of the exact arithmetic: 1 to 64 printable ASCII characters, no blanks.</param>
public sealed record CodecIdentity(Sha256Digest Model, Sha256Digest Tokenizer, string ArithmeticId);
