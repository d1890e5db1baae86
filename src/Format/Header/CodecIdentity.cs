namespace NacrithOnnx.Format;

/// <summary>
/// The model, tokenizer and arithmetic. Text decodes only if compressor and decompressor have the same.
/// </summary>
/// <param name="Model">SHA-256 of the model.</param>
/// <param name="Tokenizer">SHA-256 of the tokenizer.</param>
/// <param name="ArithmeticId">Name of the exact arithmetic: 1 to 64 printable ASCII characters without spaces.</param>
public sealed record CodecIdentity(Sha256Digest Model, Sha256Digest Tokenizer, string ArithmeticId);
