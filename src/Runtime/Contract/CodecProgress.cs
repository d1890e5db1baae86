namespace NacrithOnnx;

/// <summary>How far a call has come.</summary>
/// <param name="InputBytes">Bytes of input dealt with so far.</param>
/// <param name="OutputBytes">Bytes written so far.</param>
/// <param name="Tokens">Tokens predicted so far.</param>
public readonly record struct CodecProgress(long InputBytes, long OutputBytes, long Tokens);
