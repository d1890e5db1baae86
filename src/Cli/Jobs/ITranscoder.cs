namespace NacrithOnnx.Cli.Jobs;

/// <summary>Turns content into what is stored or sent, and back.</summary>
internal interface ITranscoder
{
    /// <summary>Compresses all of an input.</summary>
    /// <param name="content">The input.</param>
    /// <param name="length">Its length; null if unknown.</param>
    /// <param name="isPart">Whether it is some of the frames of a longer content.</param>
    /// <param name="output">Receives archive or message.</param>
    /// <param name="observer">Learns how the frames of an archive were coded; null for nobody.</param>
    /// <param name="progress">Receives progress.</param>
    /// <param name="cancel">Cancels.</param>
    void Compress(
        Stream content, long? length, bool isPart, Stream output, IFrameObserver? observer, IProgress<CodecProgress>? progress,
        CancellationToken cancel);

    /// <summary>Decompresses all of an input.</summary>
    /// <param name="input">Archives or a message, binary or as text.</param>
    /// <param name="output">Receives only content that has been verified.</param>
    /// <param name="options">Limits, and for archives which part to decode.</param>
    /// <param name="progress">Receives progress.</param>
    /// <param name="cancel">Cancels.</param>
    void Decompress(
        Stream input, Stream output, DecompressOptions options, IProgress<CodecProgress>? progress,
        CancellationToken cancel);
}
