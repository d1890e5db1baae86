using NacrithOnnx.Tests.Support;

namespace NacrithOnnx.Tests.Golden;

/// <summary>
/// Archives of real texts by the real model. They prove on every machine that runs these tests that archives made
/// elsewhere open, and that the same archive is made here.
/// </summary>
public sealed class GoldenModelTests
{
    private const string Novel = "alice29.txt";

    // Long enough for 32 quotation marks as entities, which are worth a transform.
    private const string QuotesText = "enwik8-first-512k";
    private const int QuotesLength = 12_000;

    [Theory]
    [InlineData("good-model-text", 3000)]
    [InlineData("good-model-streams", 6000)]
    [InlineData("good-model-precise", 1200)]
    [InlineData("good-model-6", 3000)]
    [InlineData("good-model-1", 6000)]
    [InlineData("good-model-9", 1200)]
    [InlineData("good-window-6", 6000)]
    [InlineData("good-window-1", 5000)]
    [InlineData("good-window-9", 5000)]
    [InlineData("good-quick-1", 9000)]
    [InlineData("good-primer-1", 18_000)]
    [InlineData("good-quotes-6", QuotesLength, QuotesText)]
    public void An_archive_of_a_text_opens(string name, int length, string text = Novel)
    {
        using var codec = Open();

        var decoded = new MemoryStream();
        codec.Decompress(new MemoryStream(Archive(name)), decoded, new DecompressOptions(), null, CancellationToken.None);

        Assert.Equal(Text(text, length), decoded.ToArray());
    }

    [Theory]
    [InlineData("good-model-6", 6, 3000)]
    [InlineData("good-window-6", 6, 6000)]
    [InlineData("good-quick-1", 1, 9000)]
    [InlineData("good-primer-1", 1, 18_000)]
    [InlineData("good-window-9", 9, 5000)]
    [InlineData("good-quotes-6", 6, QuotesLength, QuotesText)]
    public void The_same_archive_is_made_everywhere(string name, int level, int length, string text = Novel)
    {
        using var codec = Open();

        var encoded = new MemoryStream();
        codec.Compress(
            new MemoryStream(Text(text, length)), encoded, new CompressOptions { Level = level }, null, CancellationToken.None);

        Assert.Equal(Archive(name), encoded.ToArray());
    }

    private static NacrithCodec Open() => new(new CodecSettings(Path.Combine(Repository.Root, "models", "onnx"), 2));

    private static byte[] Archive(string name) => File.ReadAllBytes(Path.Combine(Repository.Root, "golden", name + ".ncx"));

    private static byte[] Text(string name, int length) =>
        File.ReadAllBytes(Path.Combine(Repository.Root, "tests", "texts", name))[..length];
}
