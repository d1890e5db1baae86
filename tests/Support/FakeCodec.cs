using System.Buffers;
using NacrithOnnx.Format;

namespace NacrithOnnx.Tests.Support;

/// <summary>
/// A codec without a model for tests of the program: the real container with stored frames, so that damage, limits and
/// listings behave as in the real program. A delay per frame leaves time for signals.
/// </summary>
internal sealed class FakeCodec(CodecSettings settings, TimeSpan delay = default) : ICodec
{
    public const int FrameLength = 4096;

    public static readonly Sha256Digest Model = Sha256Digest.Compute("model"u8);

    /// <summary>First byte of a message with its content; a letter, as the first byte of many real ones is.</summary>
    private const byte StoredTag = (byte)'S';

    /// <summary>First byte of a message with the place of its content in the dictionary.</summary>
    private const byte DictionaryTag = (byte)'D';

    public CodecSettings Settings { get; } = settings;

    /// <summary>Settings of the last compression.</summary>
    public CompressOptions? LastCompress { get; private set; }

    /// <summary>Options of the last message.</summary>
    public MessageOptions? LastMessage { get; private set; }

    /// <summary>Makes archives that decode to other content, as a bug would.</summary>
    public bool IsBroken { get; init; }

    public bool IsDisposed { get; private set; }

    public EngineIdentity Identity { get; } = new("fake", Model.ToString(), "fake-1", "0.0.0", "FakeExecutionProvider")
    {
        Precise = new(Sha256Digest.Compute("precise"u8).ToString(), "fake-2"),
    };

    public void Compress(
        Stream input, Stream output, CompressOptions? options = null, IProgress<CodecProgress>? progress = null,
        CancellationToken cancel = default)
    {
        options ??= new CompressOptions();
        LastCompress = options;
        using var writer = new ContainerWriter(output);
        writer.WriteHeader(new() { Model = HashPrefix.Of(Model), Profile = 2, Level = options.Level });
        var buffer = new byte[FrameLength];
        long total = 0;
        int read;
        while ((read = input.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false)) > 0)
        {
            Step(cancel);
            buffer[0] ^= IsBroken ? (byte)1 : (byte)0;
            writer.WriteStoredFrame(buffer.AsSpan(0, read));
            total += read;
            options.Observer?.Coded(StoredFrame(read));
            progress?.Report(new(total, total, total / 4));
        }

        writer.WriteEnd();
    }

    public void Decompress(
        Stream input, Stream output, DecompressOptions? options = null, IProgress<CodecProgress>? progress = null,
        CancellationToken cancel = default)
    {
        options ??= new DecompressOptions();
        var trailing = options.IgnoreTrailing ? TrailingData.Ignore : TrailingData.Refuse;
        using var reader = new ContainerReader(input, new() { MaxOutputLength = options.MaxOutput }, trailing);
        long start = 0;
        while (reader.TryReadArchive(out var header))
        {
            if (header.Model is { } model && model != HashPrefix.Of(Model))
            {
                throw new ModelMismatchException($"The archive was made with model {model}.");
            }

            using var verifier = new ContentVerifier();
            while (reader.TryReadDataFrame(out var frame))
            {
                Step(cancel);
                var content = StoredCodec.Decode(frame);
                verifier.Add(frame, content);
                output.Write(Part(content, start, options));
                start += content.Length;
                options.Observer?.Coded(StoredFrame(content.Length));
                progress?.Report(new(reader.Position, start, start / 4));
            }

            verifier.Complete(reader.End);
        }
    }

    public byte[] CompressMessage(
        ReadOnlySpan<byte> content, MessageOptions? options = null, CancellationToken cancel = default)
    {
        Step(cancel);
        LastMessage = options ??= new MessageOptions();
        var message = new ArrayBufferWriter<byte>();
        var place = options.Dictionary is { } dictionary ? dictionary.Text.Span.IndexOf(content) : -1;
        message.Write(place < 0 ? [StoredTag, .. content] : [DictionaryTag, (byte)place, (byte)content.Length]);
        MessageCheck.Write(message, content, options.CheckLength);
        return message.WrittenSpan.ToArray();
    }

    public byte[] DecompressMessage(
        ReadOnlySpan<byte> message, MessageOptions? options = null, CancellationToken cancel = default)
    {
        Step(cancel);
        LastMessage = options ??= new MessageOptions();
        var body = message[..MessageCheck.BodyLength(message, options.CheckLength)];
        var content = body[0] switch
        {
            StoredTag => body[1..].ToArray(),
            DictionaryTag => options.Dictionary is { } dictionary
                ? dictionary.Text.Slice(body[1], body[2]).ToArray()
                : throw new DictionaryMismatchException("The message was made with a dictionary, and none is given."),
            _ => throw new CorruptArchiveException("The message is damaged."),
        };
        MessageCheck.Verify(message, content, options.CheckLength);
        return content.Length <= options.MaxContent
            ? content
            : throw new LimitExceededException("The message holds more than the allowed content.");
    }

    public Task CompressAsync(
        Stream input, Stream output, CompressOptions? options = null, IProgress<CodecProgress>? progress = null,
        CancellationToken cancel = default) => Task.Run(() => Compress(input, output, options, progress, cancel), cancel);

    public Task DecompressAsync(
        Stream input, Stream output, DecompressOptions? options = null, IProgress<CodecProgress>? progress = null,
        CancellationToken cancel = default) => Task.Run(() => Decompress(input, output, options, progress, cancel), cancel);

    public IArchiveWriter OpenWriter(
        Stream output, CompressOptions? options = null, IProgress<CodecProgress>? progress = null) => new FakeWriter(output);

    public IArchiveReader OpenReader(
        Stream input, DecompressOptions? options = null, IProgress<CodecProgress>? progress = null) => new FakeReader(input);

    public void Dispose() => IsDisposed = true;

    public ValueTask DisposeAsync()
    {
        Dispose();
        return default;
    }

    private static FrameTrace StoredFrame(int length) =>
        new([new RegionTrace(RegionKind.Stored, 0, length, 0)], null, ReadOnlyMemory<float>.Empty);

    private static ReadOnlySpan<byte> Part(byte[] content, long start, DecompressOptions options)
    {
        var end = options.Length is long length ? options.Offset + length : long.MaxValue;
        var first = (int)Math.Clamp(options.Offset - start, 0, content.Length);
        var last = (int)Math.Clamp(end - start, first, content.Length);
        return content.AsSpan(first..last);
    }

    private void Step(CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        if (delay > TimeSpan.Zero)
        {
            Thread.Sleep(delay);
        }
    }
}
