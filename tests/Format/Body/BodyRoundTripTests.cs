using NacrithOnnx.Format;
using NacrithOnnx.Tests.Support;
using Xunit.Abstractions;

namespace NacrithOnnx.Tests.Format.Body;

public sealed class BodyRoundTripTests(ITestOutputHelper output)
{
    [Fact]
    public void Every_part_comes_back()
    {
        foreach (var sample in BodySample.All())
        {
            var body = FrameBody.Read(sample.Write(), sample.Context);

            AssertSame(sample, body);
        }
    }

    [Fact]
    public void A_body_is_as_long_as_was_counted()
    {
        foreach (var sample in BodySample.All())
        {
            Assert.Equal(sample.Write().Length, BodyWriter.Length(sample.Content, sample.Container));
        }
    }

    [Fact]
    public void The_head_alone_is_read_from_the_first_bytes()
    {
        foreach (var sample in BodySample.All())
        {
            var bytes = sample.Write();
            var fields = FrameBody.Read(bytes, sample.Context).Head.FieldsLength;

            var head = BodyHead.Read(bytes.AsSpan(0, 1 + fields), bytes.Length, sample.Context);

            Assert.InRange(fields, 0, BodyRules.MaxHeadLength - 1);
            Assert.Equal(sample.TextPayload.Length, head.TextPayloadLength);
            Assert.Equal(sample.BytesPayload.Length, head.BytesPayloadLength);
        }
    }

    [Theory]
    [InlineData("message of a text", "42 03 ABCD")]
    [InlineData("message of bytes", "82 05 BBBCBD")]
    [InlineData("frame of bytes", "80 BBBCBD")]
    [InlineData("message of nothing", "00")]
    [InlineData("frame of a transformed text", "50 04 03 ABCD")]
    [InlineData("archive of all kinds", "C2 04 00 00 07 02 03 00 AC02 09 0A 01 C801 05 03 02 A1A2A3 B1B2 000000")]
    public void The_bytes_are_those_of_the_document(string name, string hex)
    {
        var sample = name switch
        {
            "message of a text" => BodySample.Text(BodyContainer.Message),
            "message of bytes" => BodySample.Bytes(BodyContainer.Message),
            "frame of bytes" => BodySample.Bytes(BodyContainer.DataFrame),
            "message of nothing" => new BodySample(BodyContainer.Message, [], []),
            "frame of a transformed text" => BodySample.Text(BodyContainer.DataFrame, transform: 4),
            _ => BodySample.List(
                BodyContainer.SmallArchive,
                new(RegionKind.Text, 0, 7),
                new(RegionKind.Stored, 0, 3),
                new(RegionKind.Text, 300, 9, 10),
                new(RegionKind.Bytes, 0, 200)),
        };

        Assert.Equal(hex.Replace(" ", "", StringComparison.Ordinal), Convert.ToHexString(sample.Write()));
    }

    [Fact]
    public void A_damaged_body_is_refused_or_is_another_body_written_the_only_way()
    {
        var random = new Random(FuzzBudget.Seed);
        var samples = BodySample.All().Where(sample => sample.Regions.Length < 100).ToArray();
        var refused = 0;
        var read = 0;
        foreach (var round in Enumerable.Range(0, 40_000))
        {
            var sample = samples[round % samples.Length];
            var damaged = Mutation.Of(sample.Write(), random);
            try
            {
                var body = FrameBody.Read(damaged, sample.Context);

                Assert.Equal(damaged, SampleOf(body, sample).Write());
                read++;
            }
            catch (NacrithException)
            {
                refused++;
            }
        }

        output.WriteLine($"Seed {FuzzBudget.Seed}: {read} read, {refused} refused.");
        Assert.InRange(refused, 1_000, 39_000);
    }

    private static void AssertSame(BodySample sample, FrameBody body)
    {
        var head = body.Head;
        var endsWithTokens = head.Tag.Kind == BodyKind.Text && sample.Container == BodyContainer.Message;
        var regions = endsWithTokens ? [sample.Regions[0] with { OriginalLength = 0 }] : sample.Regions;
        Assert.Equal(sample.Content.Tag(sample.Container), head.Tag);
        Assert.Equal(endsWithTokens, head.EndsWithTokens);
        Assert.Equal(endsWithTokens ? 0 : sample.Original.Length, head.ContentLength);
        Assert.Equal(regions, head.Regions);
        Assert.Equal(sample.TokenCount, head.TokenCount);
        Assert.Equal(sample.IsPrimed, head.IsPrimed);
        Assert.Equal(sample.TextPayload, body.TextPayload);
        Assert.Equal(sample.BytesPayload, body.BytesPayload);
        Assert.Equal(StoredBytes(sample), body.Stored);
    }

    private static byte[] StoredBytes(BodySample sample)
    {
        var stored = new List<byte>();
        var start = 0;
        foreach (var region in sample.Regions)
        {
            if (region.Kind == RegionKind.Stored)
            {
                stored.AddRange(sample.Original.AsSpan(start, region.OriginalLength));
            }

            start += region.OriginalLength;
        }

        return [.. stored];
    }

    /// <summary>What a body would be written from; content that is coded is zeros here.</summary>
    private static BodySample SampleOf(FrameBody body, BodySample like)
    {
        var head = body.Head;
        var regions = head.EndsWithTokens
            ? [head.Regions[0] with { OriginalLength = BodyContext.DefaultMaxMessageLength }] : head.Regions.ToArray();
        var stored = body.Stored.Span;
        var original = new byte[regions.Sum(region => region.OriginalLength)];
        var start = 0;
        foreach (var region in regions)
        {
            if (region.Kind == RegionKind.Stored)
            {
                stored[..region.OriginalLength].CopyTo(original.AsSpan(start));
                stored = stored[region.OriginalLength..];
            }

            start += region.OriginalLength;
        }

        return new(like.Container, original, regions)
        {
            Profile = head.Tag.Profile,
            HasDictionary = head.Tag.HasDictionary,
            TokenCount = head.TokenCount,
            IsPrimed = head.IsPrimed,
            TextPayload = body.TextPayload.ToArray(),
            BytesPayload = body.BytesPayload.ToArray(),
        };
    }
}
