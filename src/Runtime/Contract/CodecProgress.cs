namespace NacrithOnnx;

/// <summary>Progress of a call.</summary>
/// <param name="InputBytes">Bytes of input processed so far.</param>
/// <param name="OutputBytes">Bytes written so far.</param>
/// <param name="Tokens">Tokens predicted so far.</param>
public readonly record struct CodecProgress(long InputBytes, long OutputBytes, long Tokens);
