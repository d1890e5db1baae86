namespace NacrithOnnx.Format;

/// <summary>Compares decoded content with the hashes in the archive, frame by frame and as a whole.</summary>
public sealed class ContentVerifier : IDisposable
{
    private readonly Sha256 _hash = new();

    /// <summary>
    /// Verifies the decoded content of the next frame. Frames must be added in the order of the archive.
    /// </summary>
    /// <exception cref="ChecksumException">The content differs from what was compressed.</exception>
    public void Add(DataFrame frame, ReadOnlySpan<byte> content)
    {
        ArgumentNullException.ThrowIfNull(frame);
        frame.Verify(content);
        _hash.Append(content);
    }

    /// <summary>Verifies the content of the whole archive and resets the verifier for the next one.</summary>
    /// <exception cref="ChecksumException">The content differs from what was compressed.</exception>
    public void Complete(EndFrame end)
    {
        ArgumentNullException.ThrowIfNull(end);
        var found = Sha256Digest.Finish(_hash);
        if (end.ContentHash is { } expected && expected != found)
        {
            throw new ChecksumException("The decoded content of the archive differs from what was compressed.");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _hash.Dispose();
}
