using NacrithOnnx.Format;
using NacrithOnnx.Runtime.Frame;
using NacrithOnnx.Runtime.Kernels;
using NacrithOnnx.Runtime.Onnx;
using NacrithOnnx.Runtime.Predict;
using NacrithOnnx.Runtime.Tokenize;

namespace NacrithOnnx.Runtime;

/// <summary>Compresses with a language model. The model is loaded when the first text needs it.</summary>
public sealed class NacrithCodec : ICodec
{
    /// <summary>What archives call the plans of this arithmetic.</summary>
    private const string ArithmeticPrefix = ExactArithmetic.Id + "-";

    private readonly ModelFolder _folder;
    private readonly int _threads;
    private LoadedModel? _loaded;
    private Tokenizer? _tokenizer;

    /// <summary>Opens a model folder.</summary>
    /// <exception cref="EnvironmentException">There is no usable model.</exception>
    public NacrithCodec(CodecSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
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
        ArgumentNullException.ThrowIfNull(options);
        var level = Level.Of(options.Level);
        var parameters = level.Parameters;
        using var writer = new ContainerWriter(output) { StoresWhereShorter = true };
        writer.WriteHeader(new ArchiveHeader
        {
            Codec = Codec(level.Plan),
            Level = options.Level,
            Parameters = parameters.ToHeader(),
        });
        var tracker = new ProgressTracker(progress, cancel);
        var content = new byte[Level.FrameLength];
        TextSectionCodec? text = null;
        for (int length; (length = input.ReadAtLeast(content, content.Length, throwOnEndOfStream: false)) > 0;)
        {
            var block = content.AsSpan(0, length);
            var frame = FrameCodec.Encode(
                block, () => text ??= TextCodec(level.Plan, parameters), level, parameters, (done, total) => tracker.Tokens(done, total, length, 0));
            writer.WriteDataFrame(block, frame.Regions, frame.Text, frame.TextPayload, frame.BytesPayload);
            tracker.Frame(length, frame.TextPayload.Length + frame.BytesPayload.Length, frame.Text.TokenCount);
        }

        writer.WriteEnd();
    }

    /// <inheritdoc/>
    public void Decompress(
        Stream input, Stream output, DecompressOptions options, IProgress<CodecProgress>? progress, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(input);
        var tracker = new ProgressTracker(progress, cancel);
        var limits = Limits(options);
        var trailing = options.IgnoreTrailing ? TrailingData.Ignore : TrailingData.Refuse;
        if (input.CanSeek && (options.Offset > 0 || options.Length is not null))
        {
            DecompressRange(input, output, options, limits, trailing, tracker);
            return;
        }

        using var reader = new ContainerReader(input, limits, trailing);
        var range = new RangeWriter(output, options.Offset, options.Length ?? long.MaxValue);
        var any = false;
        while (reader.TryReadArchive(out var header))
        {
            any = true;
            using var verifier = new ContentVerifier();
            FrameDecoder? decoder = null;
            while (reader.TryReadDataFrame(out var frame))
            {
                decoder ??= new FrameDecoder(this, header);
                var content = decoder.Decode(frame, tracker);
                verifier.Add(frame, content);
                range.Write(content);
                tracker.Frame(frame.Header.PayloadLength, content.Length, frame.Header.Text.TokenCount);
            }

            verifier.Complete(reader.End);
        }

        if (!any)
        {
            throw new NotAnArchiveException("The input is empty; an archive never is.");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _loaded?.Dispose();

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

    internal int Positions => _folder.Manifest.Shape.Positions;

    private static ReaderLimits Limits(DecompressOptions options)
    {
        var limits = ReaderLimits.Default with { MaxOutputLength = options.MaxOutput };
        if (options.MemoryLimit is not { } memory)
        {
            return limits;
        }

        // A frame takes its payload, its content, its tokens and copies of them at once: 16 bytes for each byte of content.
        const int BytesPerContentByte = 16;
        var length = (int)Math.Clamp(memory / BytesPerContentByte, 1, limits.MaxFrameOriginalLength);
        return limits with { MaxFrameOriginalLength = length, MaxFramePayloadLength = (int)Math.Min(memory, limits.MaxFramePayloadLength) };
    }

    private void DecompressRange(
        Stream input, Stream output, DecompressOptions options, ReaderLimits limits, TrailingData trailing,
        ProgressTracker tracker)
    {
        var map = ContentMap.Read(input, limits, trailing);
        var length = options.Length ?? long.MaxValue;
        ArchiveHeader? header = null;
        FrameDecoder? decoder = null;
        foreach (var location in map.Find(options.Offset, length))
        {
            if (!ReferenceEquals(header, location.Archive))
            {
                header = location.Archive;
                decoder = new FrameDecoder(this, header);
            }

            var frame = map.ReadFrame(location);
            var content = decoder!.Decode(frame, tracker);
            frame.Header.Verify(content);
            new RangeWriter(output, options.Offset - frame.OriginalStart, length).Write(content);
            tracker.Frame(frame.Header.PayloadLength, content.Length, frame.Header.Text.TokenCount);
        }
    }

    private CodecIdentity Codec(string plan)
    {
        var manifest = _folder.Manifest;
        return new CodecIdentity(manifest.Identity(plan), manifest.Hashes[manifest.Tokenizer], ArithmeticPrefix + plan);
    }
}
