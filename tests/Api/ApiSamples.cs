using NacrithOnnx.Tests.Support;

namespace NacrithOnnx.Tests.Api;

/// <summary>A codec with a tiny model, content of every kind, and streams with small frames.</summary>
internal static class ApiSamples
{
    /// <summary>The shortest of which noise is known to be noise, and stored without trying the model.</summary>
    public const int FrameLength = 256;

    private static readonly Lazy<NacrithCodec> LazyCodec =
        new(() => new NacrithCodec(new CodecSettings(TinyModel.Codec.Folder, 1) { TriesCoders = false }));

    public static NacrithCodec Codec => LazyCodec.Value;

    /// <summary>One frame of text that goes to the model, and some 60 tokens.</summary>
    public static byte[] Text { get; } = [.. Enumerable.Repeat(
        "Alice was beginning to get very tired of sitting by her sister on the bank, and of having nothing to do: "u8.ToArray(), 3)
        .SelectMany(sentence => sentence).Take(FrameLength)];

    /// <summary>Bytes that are stored, at no cost in frames of a full length or one byte.</summary>
    public static byte[] Noise(int length, int seed = 1)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    public static NacrithStream Writer(Stream output, int frameLength = FrameLength, bool leaveOpen = true) =>
        new(output, Codec.OpenWriter(output, new CompressOptions(), null, frameLength), null, leaveOpen);

    public static NacrithStream Writer(Stream output, CompressOptions options, IProgress<CodecProgress>? progress = null) =>
        new(output, Codec.OpenWriter(output, options, progress, FrameLength), null, leaveOpen: true);

    public static NacrithStream Reader(Stream input, DecompressOptions? options = null) =>
        new(input, Codec, options ?? new());

    /// <summary>An archive with frames of <see cref="FrameLength"/>.</summary>
    public static byte[] Archive(byte[] content)
    {
        using var output = new MemoryStream();
        using (var stream = Writer(output))
        {
            stream.Write(content);
        }

        return output.ToArray();
    }

    public static byte[] ReadAll(Stream stream)
    {
        using var content = new MemoryStream();
        stream.CopyTo(content);
        return content.ToArray();
    }
}
