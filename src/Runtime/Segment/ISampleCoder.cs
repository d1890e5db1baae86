namespace NacrithOnnx.Runtime.Segment;

/// <summary>The part of the language model that the choice of coders needs.</summary>
internal interface ISampleCoder
{
    /// <summary>Codes a text from a cold start, and discards the result.</summary>
    /// <param name="text">The text, after its transform.</param>
    /// <returns>Number of bytes of the payload, and of tokens.</returns>
    (int Length, int Tokens) CodeSample(ReadOnlySpan<byte> text);
}
