using NacrithOnnx.Runtime;
using NacrithOnnx.Tests.Support;

namespace NacrithOnnx.Tests.Golden;

/// <summary>
/// Archives of real texts by the real model. They prove on every machine that runs these tests that archives made
/// elsewhere open, and that the same archive is made here.
/// </summary>
public sealed class GoldenModelTests
{
    [Theory]
    [InlineData("good-model-text", 6, 3000)]
    [InlineData("good-model-streams", 1, 6000)]
    [InlineData("good-model-precise", 9, 1200)]
    public void An_archive_of_a_text_opens_and_is_made_again(string name, int level, int length)
    {
        byte[] text = File.ReadAllBytes(Path.Combine(Repository.Root, "tests", "texts", "alice29.txt"))[..length];
        byte[] archive = File.ReadAllBytes(Path.Combine(Repository.Root, "golden", name + ".ncx"));
        using var codec = new NacrithCodec(new CodecSettings(Path.Combine(Repository.Root, "models", "onnx"), 2));

        var decoded = new MemoryStream();
        codec.Decompress(new MemoryStream(archive), decoded, new DecompressOptions(), null, CancellationToken.None);
        var encoded = new MemoryStream();
        codec.Compress(new MemoryStream(text), encoded, new CompressOptions { Level = level }, null, CancellationToken.None);

        Assert.Equal(text, decoded.ToArray());
        Assert.Equal(archive, encoded.ToArray());
    }
}
