namespace NacrithOnnx.Format;

/// <summary>Compares what was decoded with what was compressed, frame by frame and as a whole.</summary>
public sealed class ContentVerifier : IDisposable
{
    private readonly Sha256 _hash = new();

    /// <summary>Takes the decoded content of the next frame; frames come in the order of the archive.</summary>
    /// <exception cref="ChecksumException">It is not the content that was compressed.</exception>
    public void Add(DataFrame frame, ReadOnlySpan<byte> content)
    {
        ArgumentNullException.ThrowIfNull(frame);
        frame.Header.Verify(content);
        _hash.Append(content);
    }

    /// <summary>Compares the hash of everything added with the archive's, and starts anew.</summary>
    /// <exception cref="ChecksumException">It is not the content that was compressed.</exception>
    public void Complete(EndFrame end)
    {
        ArgumentNullException.ThrowIfNull(end);
        var found = Sha256Digest.Finish(_hash);
        if (end.ContentHash is { } expected && expected != found)
        {
            throw new ChecksumException("The decoded content as a whole is not what was compressed.");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _hash.Dispose();
}
