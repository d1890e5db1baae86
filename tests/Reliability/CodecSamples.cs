using NacrithOnnx.Tests.Bytes;

namespace NacrithOnnx.Tests.Reliability;

/// <summary>Small contents and archives of the whole codec.</summary>
internal static class CodecSamples
{
    /// <summary>Text for the model: 70 tokens, and long enough to be worth a header.</summary>
    public static byte[] Text { get; } = """
        Alice was beginning to get very tired of sitting by her sister on the bank, and of having nothing to do: once or twice she
        had peeped into the book her sister was reading, but it had no pictures or conversations in it, "and what is the use of a
        book," thought Alice "without pictures or conversations?"
        """u8.ToArray();

    /// <summary>Bytes for the byte coder: no model is needed.</summary>
    public static byte[] Bytes { get; } = SampleBytes.Csv(30);

    public static byte[] Compress(ICodec codec, byte[] content)
    {
        using var archive = new MemoryStream();
        codec.Compress(new MemoryStream(content), archive, new CompressOptions(), null, CancellationToken.None);
        return archive.ToArray();
    }

    public static byte[] Decompress(ICodec codec, Stream archive)
    {
        using var content = new MemoryStream();
        codec.Decompress(archive, content, new DecompressOptions(), null, CancellationToken.None);
        return content.ToArray();
    }
}
