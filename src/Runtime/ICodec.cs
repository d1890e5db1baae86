namespace NacrithOnnx.Runtime;

/// <summary>
/// Turns content into archives and back, stream to stream. One instance holds one loaded model; it may be used for any
/// number of calls. Streams are left open.
/// </summary>
public interface ICodec : IDisposable
{
    /// <summary>What decides whether two machines can exchange archives.</summary>
    EngineIdentity Identity { get; }

    /// <summary>Reads content to its end and writes one archive.</summary>
    /// <param name="input">Read forward only, from where it stands.</param>
    /// <param name="output">Written forward only.</param>
    /// <param name="options">How hard to try, and what is known of the input.</param>
    /// <param name="progress">Told now and then; called on the calling thread.</param>
    /// <param name="cancel">Looked at in every step of the model.</param>
    /// <exception cref="NacrithOnnx.Format.NacrithException">Something outside is missing or wrong.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; the output is then incomplete.</exception>
    void Compress(
        Stream input,
        Stream output,
        CompressOptions options,
        IProgress<CodecProgress>? progress,
        CancellationToken cancel);

    /// <summary>Reads archives to the end of the input and writes their content.</summary>
    /// <param name="input">Read from where it stands; if it can seek, a range may use the index.</param>
    /// <param name="output">Written forward only, never with content whose checksum has not been compared.</param>
    /// <param name="options">Limits, and which part to decode.</param>
    /// <param name="progress">Told now and then; called on the calling thread.</param>
    /// <param name="cancel">Looked at in every step of the model.</param>
    /// <exception cref="NacrithOnnx.Format.NacrithException">
    /// The input is no archive, or damaged, or made with another model, or passes a limit.
    /// </exception>
    /// <exception cref="OperationCanceledException">Cancelled; the output is then incomplete.</exception>
    void Decompress(
        Stream input,
        Stream output,
        DecompressOptions options,
        IProgress<CodecProgress>? progress,
        CancellationToken cancel);

    /// <summary>
    /// Compresses content without anything around it that says what it is: for links and tables where both sides know, and
    /// every byte costs.
    /// </summary>
    /// <param name="content">Any bytes, none included.</param>
    /// <param name="options">What both sides agreed on; null for the defaults.</param>
    /// <param name="cancel">Looked at in every step of the model.</param>
    /// <returns>The message: at most one byte and the check longer than the content.</returns>
    /// <exception cref="NacrithOnnx.Format.NacrithException">
    /// The content is longer than the options allow, or the model is missing.
    /// </exception>
    byte[] CompressMessage(
        ReadOnlySpan<byte> content, MessageOptions? options = null, CancellationToken cancel = default);

    /// <summary>Restores the content of a message.</summary>
    /// <param name="message">The whole message and nothing else.</param>
    /// <param name="options">What both sides agreed on; null for the defaults.</param>
    /// <param name="cancel">Looked at in every step of the model.</param>
    /// <returns>The content. With a check of 2 bytes, 1 of 65,536 damaged messages is not noticed.</returns>
    /// <exception cref="NacrithOnnx.Format.NacrithException">
    /// The message is damaged, was made with another model or dictionary, or holds more than the options allow.
    /// </exception>
    byte[] DecompressMessage(
        ReadOnlySpan<byte> message, MessageOptions? options = null, CancellationToken cancel = default);
}
