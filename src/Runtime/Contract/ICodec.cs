namespace NacrithOnnx;

/// <summary>
/// Turns content into archives and back. One instance holds one loaded model; any number of threads may use it. Streams
/// are left open.
/// </summary>
public interface ICodec : IDisposable, IAsyncDisposable
{
    /// <summary>What decides whether two machines can exchange archives.</summary>
    EngineIdentity Identity { get; }

    /// <summary>Reads content to its end and writes one archive.</summary>
    /// <param name="input">Read forward only, from where it stands.</param>
    /// <param name="output">Written forward only.</param>
    /// <param name="options">How hard to try; null for the default level.</param>
    /// <param name="progress">Told now and then on the thread that computes; must not use the codec.</param>
    /// <param name="cancel">Looked at in every step of the model.</param>
    /// <exception cref="NacrithException">Something outside is missing or wrong.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; the output is then incomplete.</exception>
    void Compress(
        Stream input, Stream output, CompressOptions? options = null, IProgress<CodecProgress>? progress = null,
        CancellationToken cancel = default);

    /// <inheritdoc cref="Compress"/>
    Task CompressAsync(
        Stream input, Stream output, CompressOptions? options = null, IProgress<CodecProgress>? progress = null,
        CancellationToken cancel = default);

    /// <summary>Reads archives to the end of the input and writes their content.</summary>
    /// <param name="input">Read from where it stands; if it can seek, a range may use the index.</param>
    /// <param name="output">Written forward only, never with content whose checksum has not been compared.</param>
    /// <param name="options">Limits, and which part to decode; null for everything.</param>
    /// <param name="progress">Told now and then on the thread that computes; must not use the codec.</param>
    /// <param name="cancel">Looked at in every step of the model.</param>
    /// <exception cref="NacrithException">
    /// The input is not an archive, is damaged, was made with another model, or passes a limit.
    /// </exception>
    /// <exception cref="OperationCanceledException">Cancelled; the output is then incomplete.</exception>
    void Decompress(
        Stream input, Stream output, DecompressOptions? options = null, IProgress<CodecProgress>? progress = null,
        CancellationToken cancel = default);

    /// <inheritdoc cref="Decompress"/>
    Task DecompressAsync(
        Stream input, Stream output, DecompressOptions? options = null, IProgress<CodecProgress>? progress = null,
        CancellationToken cancel = default);

    /// <summary>Begins an archive that content is pushed into.</summary>
    /// <param name="output">Receives the archive, from where it stands.</param>
    /// <param name="options">How hard to try; null for the default level.</param>
    /// <param name="progress">Told now and then on the thread that computes; must not use the codec.</param>
    IArchiveWriter OpenWriter(Stream output, CompressOptions? options = null, IProgress<CodecProgress>? progress = null);

    /// <summary>Begins to read the content of archives.</summary>
    /// <param name="input">Holds archives, from where it stands to its end.</param>
    /// <param name="options">Limits; null for none. The range is not looked at.</param>
    /// <param name="progress">Told now and then on the thread that computes; must not use the codec.</param>
    IArchiveReader OpenReader(Stream input, DecompressOptions? options = null, IProgress<CodecProgress>? progress = null);
}
