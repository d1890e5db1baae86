using NacrithOnnx.Format;
using NacrithOnnx.Runtime.Frame;
using NacrithOnnx.Runtime.Kernels;
using NacrithOnnx.Runtime.Onnx;
using NacrithOnnx.Runtime.Predict;
using NacrithOnnx.Runtime.Tokenize;

namespace NacrithOnnx.Runtime;

/// <summary>
/// Compresses with a language model. The model is loaded when the first text needs it, in 0.3 to 1 s and some 200 MB: keep
/// one codec for a program. Any number of threads and <see cref="NacrithStream"/>s may use it; frames take turns.
/// </summary>
public sealed class NacrithCodec : ICodec
{
    /// <summary>What archives call the plans of this arithmetic.</summary>
    private const string ArithmeticPrefix = ExactArithmetic.Id + "-";

    private readonly ModelFolder _folder;
    private readonly int _threads;
    private readonly SemaphoreSlim _turns = new(1);
    private LoadedModel? _loaded;
    private Tokenizer? _tokenizer;
    private bool _disposed;

    /// <summary>Opens a model folder.</summary>
    /// <exception cref="EnvironmentException">There is no usable model.</exception>
    public NacrithCodec(CodecSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentOutOfRangeException.ThrowIfLessThan(settings.Threads, 1, nameof(settings));
        _folder = new ModelFolder(settings.ModelFolder);
        _threads = settings.Threads;
    }

    /// <inheritdoc/>
    public EngineIdentity Identity
    {
        get
        {
            var plan = Level.Of(CompressOptions.DefaultLevel).Plan;
            return new EngineIdentity(
                _folder.Manifest.Identity(plan).ToString(), ArithmeticPrefix + plan, OnnxLanguageModel.Version, "CPU");
        }
    }

    /// <inheritdoc/>
    public void Compress(
        Stream input, Stream output, CompressOptions options, IProgress<CodecProgress>? progress, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(options);
        var tracker = new ProgressTracker(progress) { Cancel = cancel };
        using var encoder = new ArchiveEncoder(this, options);
        var content = new byte[Level.FrameLength];
        for (int length; (length = input.ReadAtLeast(content, content.Length, throwOnEndOfStream: false)) > 0;)
        {
            using (Enter(cancel))
            {
                encoder.Encode(content.AsSpan(0, length), tracker);
            }

            output.Write(encoder.Output.Span);
            encoder.PassedOn();
        }

        encoder.End(tracker);
        output.Write(encoder.Output.Span);
        output.Flush();
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
        var tracker = new ProgressTracker(progress) { Cancel = cancel };
        using var encoder = new ArchiveEncoder(this, options ?? new CompressOptions());
        while (!content.IsEmpty)
        {
            var length = Math.Min(content.Length, Level.FrameLength);
            using (Enter(cancel))
            {
                encoder.Encode(content[..length], tracker);
            }

            content = content[length..];
        }

        encoder.End(tracker);
        return encoder.Output.ToArray();
    }

    /// <inheritdoc/>
    public void Decompress(
        Stream input, Stream output, DecompressOptions options, IProgress<CodecProgress>? progress, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(input);
        var tracker = new ProgressTracker(progress) { Cancel = cancel };
        if (input.CanSeek && options.IsRange)
        {
            DecompressRange(input, output, options, tracker);
            return;
        }

        using var decoder = new ArchiveDecoder(this, input, options);
        var range = new RangeWriter(output, options.Offset, options.Length ?? long.MaxValue);
        while (decoder.TryRead(out var frame, tracker))
        {
            byte[] content;
            using (Enter(cancel))
            {
                content = decoder.Decode(frame, tracker);
            }

            cancel.ThrowIfCancellationRequested();
            range.Write(content);
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

    /// <summary>Waits for the frame at hand, and lets go of the model. Streams that use the codec fail from then on.</summary>
    public void Dispose()
    {
        _turns.Wait();
        _loaded?.Dispose();
        _loaded = null;
        _disposed = true;
        _turns.Release();
    }

    /// <summary>
    /// Waits for the codec's turn: a model computes one frame at a time, whichever of many streams it belongs to.
    /// </summary>
    internal Turn Enter(CancellationToken cancel)
    {
        _turns.Wait(cancel);
        return Entered();
    }

    /// <inheritdoc cref="Enter"/>
    internal async ValueTask<Turn> EnterAsync(CancellationToken cancel)
    {
        await _turns.WaitAsync(cancel).ConfigureAwait(false);
        return Entered();
    }

    /// <summary>Codes text. The caller has a turn, and keeps the result no longer.</summary>
    internal TextSectionCodec TextCodec(string plan, CodecParameters parameters)
    {
        if (_loaded?.Plan != plan)
        {
            _loaded?.Dispose();
            _loaded = null;
            _loaded = LoadedModel.Open(_folder, plan, _threads);
        }

        _tokenizer ??= _folder.Tokenizer();
        return new TextSectionCodec(_tokenizer, new TextCoder(_loaded.Model, parameters), parameters.Window);
    }

    /// <summary>The plan under which this model decodes an archive.</summary>
    /// <exception cref="ModelMismatchException">The archive was made with another model.</exception>
    internal string PlanOf(CodecIdentity codec)
    {
        foreach (var plan in _folder.Manifest.Graphs.Keys)
        {
            if (codec == Codec(plan))
            {
                return plan;
            }
        }

        throw new ModelMismatchException(
            $"The archive was made with model {codec.Model} and arithmetic {codec.ArithmeticId}, which is not in "
            + "the model folder. Point --model or NACRITH_MODEL to the folder that has it.");
    }

    /// <summary>How archives name this model under a plan.</summary>
    internal CodecIdentity Codec(string plan)
    {
        var manifest = _folder.Manifest;
        return new CodecIdentity(manifest.Identity(plan), manifest.Hashes[manifest.Tokenizer], ArithmeticPrefix + plan);
    }

    internal int Positions => _folder.Manifest.Shape.Positions;

    private Turn Entered()
    {
        if (!_disposed)
        {
            return new Turn(_turns);
        }

        _turns.Release();
        throw new ObjectDisposedException(nameof(NacrithCodec));
    }

    private void DecompressRange(Stream input, Stream output, DecompressOptions options, ProgressTracker tracker)
    {
        var map = ContentMap.Read(input, options.Limits, options.Trailing);
        var decoder = new IndexedDecoder(this, map, options.MemoryLimit);
        var length = options.Length ?? long.MaxValue;
        foreach (var location in map.Find(options.Offset, length))
        {
            var frame = decoder.Read(location);
            byte[] content;
            using (Enter(tracker.Cancel))
            {
                content = decoder.Decode(frame, tracker);
            }

            tracker.Cancel.ThrowIfCancellationRequested();
            new RangeWriter(output, options.Offset - frame.OriginalStart, length).Write(content);
        }
    }
}
