namespace NacrithOnnx.Tests.Support;

/// <summary>Ends after the first <paramref name="length"/> bytes.</summary>
internal sealed class TruncatedStream(byte[] content, int length) : ForwardOnlyStream(content[..length]);
