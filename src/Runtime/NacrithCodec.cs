using NacrithOnnx.Format;
using NacrithOnnx.Runtime.Archive;
using NacrithOnnx.Runtime.Engine;
using NacrithOnnx.Runtime.Frame;
using NacrithOnnx.Runtime.Onnx;

namespace NacrithOnnx.Runtime;

/// <summary>
/// Compresses with a language model. The model is loaded when the first text needs it, in 0.3 to 1 s and some 200 MB: keep
/// one codec for a program. Any number of threads and <see cref="NacrithStream"/>s may use it; frames take turns.
/// </summary>
public sealed class NacrithCodec : ICodec
{
    /// <summary>Bytes read at a time.</summary>
    private const int ReadLength = 1 << 16;

    private readonly NacrithEngine _engine;

    /// <summary>Opens a model folder.</summary>
    /// <exception cref="EnvironmentException">There is no usable model.</exception>
    public NacrithCodec(CodecSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentOutOfRangeException.ThrowIfLessThan(settings.Threads, 1, nameof(settings));
        _engine = new NacrithEngine(settings.ModelFolder, settings.Threads);
    }

    /// <inheritdoc/>
    public EngineIdentity Identity
    {
        get
        {
            var identity = _engine.Identity(Level.Of(CompressOptions.DefaultLevel).Plan);
            return new EngineIdentity(
                identity.Model.ToString(), identity.ArithmeticId, OnnxLanguageModel.Version, OnnxLanguageModel.Provider);
        }
    }

    /// <inheritdoc/>
    public void Compress(
        Stream input, Stream output, CompressOptions options, IProgress<CodecProgress>? progress, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(options);
        using var writer = new ArchiveWriter(_engine, output, options, progress);
        var content = new byte[ReadLength];
        for (int length; (length = input.Read(content)) > 0;)
        {
            writer.Write(content.AsSpan(0, length), cancel);
        }

        writer.Complete(cancel);
    }

    /// <summary>Makes an archive of content in memory.</summary>
    /// <param name="content">Any bytes, none included.</param>
    /// <param name="options">How hard to try; null for the default level.</param>
    /// <param name="progress">Told now and then; called on the calling thread, and must not use the codec.</param>
    /// <param name="cancel">Looked at in every step of the model.</param>
    /// <returns>The archive: at most 64 bytes and 0.01 % longer than the content.</returns>
    /// <exception cref="NacrithException">Something outside is missing or wrong.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public byte[] Compress(
        ReadOnlySpan<byte> content, CompressOptions? options = null, IProgress<CodecProgress>? progress = null,
        CancellationToken cancel = default)
    {
        using var archive = new MemoryStream();
        using var writer = new ArchiveWriter(_engine, archive, options ?? new CompressOptions(), progress);
        writer.Write(content, cancel);
        writer.Complete(cancel);
        return archive.ToArray();
    }

    /// <inheritdoc/>
    public void Decompress(
        Stream input, Stream output, DecompressOptions options, IProgress<CodecProgress>? progress, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(input);
        using var reader = new ArchiveReader(_engine, input, options, progress);
        var range = new ContentRange(options.Range.Start, options.Range.End);
        if (options.IsRange && input.CanSeek)
        {
            reader.SeekByIndex(range.Start);
        }

        // In order, everything is read and checked, whatever the range.
        while ((!reader.IsIndexed || reader.Position < range.End) && reader.Fill(cancel))
        {
            cancel.ThrowIfCancellationRequested();
            output.Write(range.Of(reader.Available.Span, reader.Position));
            reader.Advance(reader.Available.Length);
        }
    }

    /// <summary>Restores the content of archives in memory.</summary>
    /// <param name="archive">One archive, or several one behind the other.</param>
    /// <param name="options">
    /// Limits, and which part to decode; null for everything. Set <see cref="DecompressOptions.MaxOutput"/> for an archive
    /// of unknown origin: a few bytes can stand for gigabytes.
    /// </param>
    /// <param name="progress">Told now and then; called on the calling thread, and must not use the codec.</param>
    /// <param name="cancel">Looked at in every step of the model.</param>
    /// <returns>The content, compared with its checksums.</returns>
    /// <exception cref="NacrithException">
    /// The bytes are no archive, or damaged, or made with another model, or hold more content than the options or an array
    /// allow.
    /// </exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public byte[] Decompress(
        ReadOnlySpan<byte> archive, DecompressOptions? options = null, IProgress<CodecProgress>? progress = null,
        CancellationToken cancel = default)
    {
        options ??= new DecompressOptions();
        if (!options.IsRange)
        {
            options = options with { MaxOutput = Math.Min(options.MaxOutput, Array.MaxLength) };
        }

        using var input = new MemoryStream(archive.ToArray(), writable: false);
        using var output = new MemoryStream();
        Decompress(input, output, options, progress, cancel);
        return output.ToArray();
    }

    /// <summary>Waits for the current frame, and releases the model. Streams that use the codec fail from then on.</summary>
    public void Dispose() => _engine.Dispose();

    /// <summary>Computes for the streams over this codec.</summary>
    internal NacrithEngine Engine => _engine;
}
