using NacrithOnnx.Runtime.Archive;
using NacrithOnnx.Runtime.Engine;
using NacrithOnnx.Runtime.Frame;
using NacrithOnnx.Runtime.Message;
using NacrithOnnx.Runtime.Model;
using NacrithOnnx.Runtime.Onnx;
using NacrithOnnx.Runtime.Onnx.Cuda;
using NacrithOnnx.Runtime.Predict;

namespace NacrithOnnx;

/// <summary>
/// Compresses with a language model. The model is loaded when text first needs it, which takes 0.3 to 1 s and about
/// 200 MB: keep one codec per program. Any number of threads and <see cref="NacrithStream"/>s may use it; their frames
/// take turns, except that several frames of one archive may be coded at once (<see cref="CodecSettings.Workers"/>).
/// </summary>
public sealed class NacrithCodec : ICodec
{
    /// <summary>Bytes per read.</summary>
    private const int ReadLength = 1 << 16;

    private readonly NacrithEngine _engine;

    /// <summary>
    /// Prepares to use the model beside the program with all processors. The model is read when text needs it.
    /// </summary>
    public NacrithCodec()
        : this(new CodecSettings())
    {
    }

    /// <summary>Prepares to use a model folder. The model is read when text needs it.</summary>
    public NacrithCodec(CodecSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentOutOfRangeException.ThrowIfLessThan(settings.Threads, 1, nameof(settings));
        ArgumentOutOfRangeException.ThrowIfNegative(settings.Workers, nameof(settings));
        var device = DeviceSetting.TryParse(settings.Device)
            ?? throw new ArgumentException($"The device must be {DeviceSetting.Syntax}.", nameof(settings));
        var devices = new ModelDevices(
            device, new CudaPlatform(new CudaSystem()), new ProofRecord(settings.ProofFile), settings.Warning);
        _engine = new NacrithEngine(settings.ModelFolder, settings.Threads, devices, settings.Workers)
        {
            TriesCoders = settings.TriesCoders,
        };
    }

    /// <inheritdoc/>
    public EngineIdentity Identity
    {
        get
        {
            var fast = Profiles.OfLevel(CompressOptions.DefaultLevel).Plan;
            var precise = Profiles.OfLevel(CompressOptions.MaxLevel).Plan;
            return new EngineIdentity(
                _engine.ModelName, _engine.Identity(fast).ToString(), fast.ArithmeticId, OnnxLanguageModel.Version,
                _engine.DeviceDescription)
            {
                Precise = _engine.Has(precise) ? new(_engine.Identity(precise).ToString(), precise.ArithmeticId) : null,
            };
        }
    }

    /// <inheritdoc/>
    public void Compress(
        Stream input, Stream output, CompressOptions? options = null, IProgress<CodecProgress>? progress = null,
        CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        using var writer = OpenWriter(output, WithLength(options, input), progress);
        var content = new byte[ReadLength];
        for (int length; (length = input.Read(content)) > 0;)
        {
            writer.Write(content.AsSpan(0, length), cancel);
        }

        writer.Complete(cancel);
    }

    /// <inheritdoc/>
    public async Task CompressAsync(
        Stream input, Stream output, CompressOptions? options = null, IProgress<CodecProgress>? progress = null,
        CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        using var writer = OpenWriter(output, WithLength(options, input), progress);
        var content = new byte[ReadLength];
        for (int length; (length = await input.ReadAsync(content, cancel).ConfigureAwait(false)) > 0;)
        {
            await writer.WriteAsync(content.AsMemory(0, length), cancel).ConfigureAwait(false);
        }

        await writer.CompleteAsync(cancel).ConfigureAwait(false);
    }

    /// <summary>Compresses content in memory to an archive.</summary>
    /// <param name="content">Any bytes, none included.</param>
    /// <param name="options">Compression options; null for the default level.</param>
    /// <param name="progress">Receives progress on computing threads, one at a time; must not use the codec.</param>
    /// <param name="cancel">Cancels; checked in every step of the model.</param>
    /// <returns>The archive: at most 16 bytes longer than content of up to 64 KiB, and at most 0.01 % and 17 bytes longer than any.</returns>
    /// <exception cref="NacrithException">
    /// The input or the environment is invalid: the model is missing, for example.
    /// </exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public byte[] Compress(
        ReadOnlySpan<byte> content, CompressOptions? options = null, IProgress<CodecProgress>? progress = null,
        CancellationToken cancel = default)
    {
        using var archive = new MemoryStream();
        options = (options ?? new CompressOptions()) with { ContentLength = content.Length };
        using var writer = OpenWriter(archive, options, progress);
        writer.Write(content, cancel);
        writer.Complete(cancel);
        return archive.ToArray();
    }

    /// <inheritdoc/>
    public void Decompress(
        Stream input, Stream output, DecompressOptions? options = null, IProgress<CodecProgress>? progress = null,
        CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(output);
        using var reader = OpenRange(input, options ??= new DecompressOptions(), progress);
        while (HasMore(reader, options) && reader.Fill(cancel))
        {
            cancel.ThrowIfCancellationRequested();
            output.Write(options.Range.Of(reader.Available, reader.Position).Span);
            reader.Advance(reader.Available.Length);
        }
    }

    /// <inheritdoc/>
    public async Task DecompressAsync(
        Stream input, Stream output, DecompressOptions? options = null, IProgress<CodecProgress>? progress = null,
        CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(output);
        using var reader = OpenRange(input, options ??= new DecompressOptions(), progress);
        while (HasMore(reader, options) && await reader.FillAsync(cancel).ConfigureAwait(false))
        {
            await output.WriteAsync(options.Range.Of(reader.Available, reader.Position), cancel).ConfigureAwait(false);
            reader.Advance(reader.Available.Length);
        }
    }

    /// <summary>Restores the content of archives in memory.</summary>
    /// <param name="archive">One archive, or several concatenated.</param>
    /// <param name="options">
    /// Limits, and which part to decode; null for everything. Set <see cref="DecompressOptions.MaxOutput"/> for an
    /// archive from an untrusted source: a few bytes can expand to gigabytes.
    /// </param>
    /// <param name="progress">Receives progress on computing threads, one at a time; must not use the codec.</param>
    /// <param name="cancel">Cancels; checked in every step of the model.</param>
    /// <returns>The content, verified against its checksums.</returns>
    /// <exception cref="NacrithException">
    /// The bytes are not an archive, are damaged, were made with another model, or hold more content than the options
    /// or an array allow.
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

    /// <inheritdoc/>
    public IArchiveWriter OpenWriter(
        Stream output, CompressOptions? options = null, IProgress<CodecProgress>? progress = null) =>
        OpenWriter(output, options, progress, ArchiveWriter.DefaultFrameLength);

    /// <inheritdoc/>
    public IArchiveReader OpenReader(
        Stream input, DecompressOptions? options = null, IProgress<CodecProgress>? progress = null)
    {
        ArgumentNullException.ThrowIfNull(input);
        options ??= new DecompressOptions();
        options.Validate();
        return new ArchiveReader(_engine, input, options, progress);
    }

    /// <inheritdoc/>
    public byte[] CompressMessage(
        ReadOnlySpan<byte> content, MessageOptions? options = null, CancellationToken cancel = default) =>
        MessageCodec.Compress(_engine, content, options ?? new MessageOptions(), cancel);

    /// <inheritdoc/>
    public byte[] DecompressMessage(
        ReadOnlySpan<byte> message, MessageOptions? options = null, CancellationToken cancel = default) =>
        MessageCodec.Decompress(_engine, message, options ?? new MessageOptions(), cancel);

    /// <summary>Learns a dictionary for a level, so that the first content after it need not wait.</summary>
    /// <param name="dictionary">The dictionary.</param>
    /// <param name="level">The level of the content to come.</param>
    /// <param name="cancel">Cancels; checked in every step of the model.</param>
    /// <exception cref="NacrithException">The model is missing.</exception>
    public void Prepare(
        NacrithDictionary dictionary, int level = CompressOptions.DefaultLevel, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(dictionary);
        var key = Profiles.OfLevel(level).TextKey;
        using var turn = _engine.Enter(cancel);
        var codec = turn.TextCodec(key, Turn.CallsOfKnown(dictionary.Text.Length));
        codec.MaxRows = LaneWindows.MaxRows;
        turn.Prepare(dictionary, key, codec, (_, _) => cancel.ThrowIfCancellationRequested());
    }

    /// <summary>
    /// Waits for the current frame, and releases the model. Streams that use the codec fail from then on.
    /// </summary>
    public void Dispose() => _engine.Dispose();

    /// <inheritdoc cref="Dispose"/>
    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    /// <summary>A writer with frames of another length, or with a profile of no level, for tests.</summary>
    internal IArchiveWriter OpenWriter(
        Stream output, CompressOptions? options, IProgress<CodecProgress>? progress, int frameLength,
        Profile? profile = null)
    {
        ArgumentNullException.ThrowIfNull(output);
        options ??= new CompressOptions();
        profile ??= Profiles.OfLevel(options.Level);
        return new ArchiveWriter(_engine, output, profile, options, progress, frameLength);
    }

    /// <summary>A reader at the start of a range, if the index can be used.</summary>
    private ArchiveReader OpenRange(Stream input, DecompressOptions options, IProgress<CodecProgress>? progress)
    {
        ArgumentNullException.ThrowIfNull(input);
        options.Validate();
        var reader = new ArchiveReader(_engine, input, options, progress);
        if (options.IsRange && input.CanSeek)
        {
            reader.SeekByIndex(options.Offset);
        }

        reader.ReadAhead(options.Range.End);

        return reader;
    }

    /// <summary>Options with the length of the content, where it can be had.</summary>
    private static CompressOptions WithLength(CompressOptions? options, Stream input)
    {
        options ??= new CompressOptions();
        return options.ContentLength is null && input.CanSeek
            ? options with { ContentLength = Math.Max(input.Length - input.Position, 0) }
            : options;
    }

    /// <summary>Whether to continue. A sequential reader reads and checks everything, whatever the range.</summary>
    private static bool HasMore(ArchiveReader reader, DecompressOptions options) =>
        !reader.IsIndexed || reader.Position < options.Range.End;
}
