namespace NacrithOnnx.Runtime.Segment;

/// <summary>The language model as far as choosing coders needs it.</summary>
internal interface ISampleCoder
{
    /// <summary>Codes a text for real, from a cold start, and keeps nothing of it.</summary>
    /// <param name="text">After its transform.</param>
    /// <returns>Bytes of the payload, and tokens.</returns>
    (int Length, int Tokens) CodeSample(ReadOnlySpan<byte> text);
}
