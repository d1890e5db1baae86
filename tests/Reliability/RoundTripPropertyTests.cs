using FsCheck.Fluent;
using NacrithOnnx.Tests.Support;
using Xunit.Abstractions;

namespace NacrithOnnx.Tests.Reliability;

/// <summary>Any content decompresses to itself, and no archive is larger than promised.</summary>
public sealed class RoundTripPropertyTests(ITestOutputHelper output)
{
    private const double Seconds = 6;

    [Fact]
    public void Fuzzed_content_survives_a_round_trip()
    {
        using var codec = new NacrithCodec(new CodecSettings(TinyModel.Codec.Folder, 1) { TriesCoders = false });
        var cases = 0;
        long bytes = 0;
        var property = Prop.ForAll(GeneratedContent.Arbitrary, content =>
        {
            AssertComesBack(codec, content, level: 1 + (content.Length % 8));
            cases++;
            bytes += content.Length;
        });
        new FuzzBudget(Seconds).Spend(property);
        output.WriteLine($"Seed {FuzzBudget.Seed}: {cases} cases, {bytes} bytes.");
    }

    private static void AssertComesBack(NacrithCodec codec, byte[] content, int level)
    {
        using var archive = new MemoryStream();
        codec.Compress(new MemoryStream(content), archive, new CompressOptions { Level = level }, null, CancellationToken.None);
        Assert.InRange(archive.Length, 1, content.Length + (content.Length <= 1 << 16 ? 16 : 17 + (content.Length / 10_000)));
        archive.Position = 0;
        using var decoded = new MemoryStream();
        codec.Decompress(archive, decoded, new DecompressOptions(), null, CancellationToken.None);
        Assert.True(decoded.ToArray().AsSpan().SequenceEqual(content), $"level {level}: other content came back");
    }
}
