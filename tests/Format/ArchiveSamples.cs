using NacrithOnnx.Format;
using NacrithOnnx.Tests.Support;

namespace NacrithOnnx.Tests.Format;

/// <summary>Small archives that together use every structure of the format.</summary>
internal static class ArchiveSamples
{
    public static readonly string[] Names =
        ["empty", "small stored", "small mixed", "frames", "frames without index", "mixed with everything", "concatenated"];

    public static byte[] Content(int length)
    {
        var content = new byte[length];
        new Random(20261123).NextBytes(content);
        return content;
    }

    public static byte[] Make(string name) => name switch
    {
        "empty" => StoredCodec.Compress([]),
        "small stored" => StoredCodec.Compress(Content(40)),
        "small mixed" => StoredCodec.Compress(Content(40), mixed: true),
        "frames" => StoredCodec.Compress(Content(40), frameLength: 16),
        "frames without index" => StoredCodec.Compress(Content(40), frameLength: 16, withIndex: false),
        "mixed with everything" => Everything(),
        "concatenated" => [.. StoredCodec.Compress(Content(30), frameLength: 16), .. StoredCodec.Compress(Content(9))],
        _ => throw new ArgumentOutOfRangeException(nameof(name)),
    };

    public static ArchiveHeader FullHeader(long? originalLength) => new()
    {
        Model = StoredCodec.Model,
        Dictionary = new HashPrefix(0x89ABCDEF),
        Level = 200,
        OriginalLength = originalLength,
        Parameters = new Dictionary<string, long>
        {
            ["streams"] = 8,
            ["context"] = 2048,
            ["bias.rate"] = -70_000,
            ["big"] = long.MaxValue,
            ["small"] = long.MinValue,
        },
    };

    private static byte[] Everything()
    {
        var content = Content(70);
        using var stream = new MemoryStream();
        using var writer = new ContainerWriter(stream);
        writer.WriteHeader(FullHeader(content.Length));
        StoredCodec.WriteMixedFrame(writer, content.AsSpan(0, 50), profile: 0, hasDictionary: true);
        writer.WriteSkippableFrame(FrameType.FirstSkippable, "note"u8);
        writer.WriteStoredFrame(content.AsSpan(50));
        writer.WriteSkippableFrame(FrameType.LastSkippable, []);
        writer.WriteEnd();
        return stream.ToArray();
    }
}
