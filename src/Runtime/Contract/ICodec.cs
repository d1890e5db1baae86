namespace NacrithOnnx;

/// <summary>
/// Compresses content to archives and decompresses them. An instance holds one loaded model; any number of threads may
/// use it. Streams are left open.
/// </summary>
public interface ICodec : IDisposable, IAsyncDisposable
{
    /// <summary>Decides whether two machines can exchange archives.</summary>
    EngineIdentity Identity { get; }

    /// <summary>Reads content to its end and writes one archive.</summary>
    /// <param name="input">Read forward only, from its current position.</param>
    /// <param name="output">Written forward only.</param>
    /// <param name="options">Compression options; null for the default level.</param>
    /// <param name="progress">Receives progress on computing threads, one at a time; must not use the codec.</param>
    /// <param name="cancel">Cancels; checked in every step of the model.</param>
    /// <exception cref="NacrithException">
    /// The input or the environment is invalid: the model is missing, for example.
    /// </exception>
    /// <exception cref="OperationCanceledException">Cancelled; the output is then incomplete.</exception>
    void Compress(
        Stream input, Stream output, CompressOptions? options = null, IProgress<CodecProgress>? progress = null,
        CancellationToken cancel = default);

    /// <inheritdoc cref="Compress"/>
    Task CompressAsync(
        Stream input, Stream output, CompressOptions? options = null, IProgress<CodecProgress>? progress = null,
        CancellationToken cancel = default);

    /// <summary>Reads archives to the end of the input and writes their content.</summary>
    /// <param name="input">Read from its current position; if it can seek, a range may use the index.</param>
    /// <param name="output">Written forward only, and only with content whose checksum has been verified.</param>
    /// <param name="options">Limits, and which part to decode; null for everything.</param>
    /// <param name="progress">Receives progress on computing threads, one at a time; must not use the codec.</param>
    /// <param name="cancel">Cancels; checked in every step of the model.</param>
    /// <exception cref="NacrithException">
    /// The input is not an archive, is damaged, was made with another model, or exceeds a limit.
    /// </exception>
    /// <exception cref="OperationCanceledException">Cancelled; the output is then incomplete.</exception>
    void Decompress(
        Stream input, Stream output, DecompressOptions? options = null, IProgress<CodecProgress>? progress = null,
        CancellationToken cancel = default);

    /// <inheritdoc cref="Decompress"/>
    Task DecompressAsync(
        Stream input, Stream output, DecompressOptions? options = null, IProgress<CodecProgress>? progress = null,
        CancellationToken cancel = default);

    /// <summary>Begins an archive to write content to.</summary>
    /// <param name="output">Receives the archive, from its current position.</param>
    /// <param name="options">Compression options; null for the default level.</param>
    /// <param name="progress">Receives progress on computing threads, one at a time; must not use the codec.</param>
    IArchiveWriter OpenWriter(
        Stream output, CompressOptions? options = null, IProgress<CodecProgress>? progress = null);

    /// <summary>Begins to read the content of archives.</summary>
    /// <param name="input">Holds archives, from its current position to its end.</param>
    /// <param name="options">Limits; null for none. The range is ignored.</param>
    /// <param name="progress">Receives progress on computing threads, one at a time; must not use the codec.</param>
    IArchiveReader OpenReader(
        Stream input, DecompressOptions? options = null, IProgress<CodecProgress>? progress = null);

    /// <summary>
    /// Compresses content to a message without a header: for links and tables where both sides know what it is and
    /// every byte counts.
    /// </summary>
    /// <param name="content">Any bytes, none included.</param>
    /// <param name="options">What both sides agreed on; null for the defaults.</param>
    /// <param name="cancel">Cancels; checked in every step of the model.</param>
    /// <returns>The message: at most one byte and the check longer than the content.</returns>
    /// <exception cref="NacrithException">
    /// The content is longer than the options allow, or the model is missing.
    /// </exception>
    byte[] CompressMessage(
        ReadOnlySpan<byte> content, MessageOptions? options = null, CancellationToken cancel = default);

    /// <summary>Restores the content of a message.</summary>
    /// <param name="message">Exactly the message.</param>
    /// <param name="options">What both sides agreed on; null for the defaults.</param>
    /// <param name="cancel">Cancels; checked in every step of the model.</param>
    /// <returns>The content. With a check of 2 bytes, 1 of 65,536 damaged messages is not detected.</returns>
    /// <exception cref="NacrithException">
    /// The message is damaged, was made with another model or dictionary, or holds more than the options allow.
    /// </exception>
    byte[] DecompressMessage(
        ReadOnlySpan<byte> message, MessageOptions? options = null, CancellationToken cancel = default);
}
