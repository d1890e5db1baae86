using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Core;
using NacrithOnnx.Tests.Support;
using Xunit.Abstractions;

namespace NacrithOnnx.Tests.Reliability;

/// <summary>Whatever is compressed comes back, never larger than promised.</summary>
public sealed class RoundTripPropertyTests(ITestOutputHelper output)
{
    private const double Seconds = 6;

    /// <summary>Sizes grow over a group; the clock is looked at between groups.</summary>
    private const int GroupLength = 20;

    [Fact]
    public void Fuzzed_content_comes_back()
    {
        using var codec = new NacrithCodec(new CodecSettings(TinyModel.Codec.Folder, 1) { TriesCoders = false });
        var budget = new FuzzBudget(Seconds);
        var cases = 0;
        long bytes = 0;
        var property = Prop.ForAll(GeneratedContent.Arbitrary, content =>
        {
            AssertComesBack(codec, content, level: 1 + (content.Length % 8));
            cases++;
            bytes += content.Length;
        });
        for (ulong group = 0; budget.IsLeft; group++)
        {
            // A failure names the case by the seed of its group and its size, and is shrunk.
            var start = new Rnd((ulong)FuzzBudget.Seed + group, 1);
            var replay = FSharpOption<Replay>.Some(new Replay(start, FSharpOption<int>.None));
            Check.One(Config.QuickThrowOnFailure.WithMaxTest(GroupLength).WithReplay(replay), property);
        }

        output.WriteLine($"Seed {FuzzBudget.Seed}: {cases} cases, {bytes} bytes.");
    }

    private static void AssertComesBack(NacrithCodec codec, byte[] content, int level)
    {
        using var archive = new MemoryStream();
        codec.Compress(new MemoryStream(content), archive, new CompressOptions { Level = level }, null, CancellationToken.None);
        Assert.InRange(archive.Length, 1, content.Length + 64 + (content.Length / 10_000));
        archive.Position = 0;
        using var decoded = new MemoryStream();
        codec.Decompress(archive, decoded, new DecompressOptions(), null, CancellationToken.None);
        Assert.True(decoded.ToArray().AsSpan().SequenceEqual(content), $"level {level}: other content came back");
    }
}
