using NacrithOnnx.Tests.Support;

namespace NacrithOnnx.Tests.Api;

public sealed class SeekingTests
{
    private static readonly byte[] Content = ApiSamples.Noise(1793);
    private static readonly byte[] Prefix = [9, 9, 9, 9];

    /// <summary>Two archives with an index and one without, behind bytes of somebody else.</summary>
    private static readonly byte[] Archives =
        [.. Prefix, .. ApiSamples.Archive(Content[..834]), .. ApiSamples.Archive(Content[834..1501]), .. ApiSamples.Codec.Compress(Content.AsSpan(1501))];

    [Fact]
    public void Every_frame_boundary_and_its_neighbours_are_found()
    {
        using var stream = Open();
        Assert.Equal(Content.Length, stream.Length);
        for (var boundary = 0; boundary <= Content.Length + ApiSamples.FrameLength; boundary += ApiSamples.FrameLength)
        {
            foreach (var place in new[] { boundary, boundary + 1, Math.Max(0, boundary - 1), 833, 834, 835, 1500, 1501 })
            {
                AssertReads(stream, place, 3);
            }
        }
    }

    [Fact]
    public void Random_places_are_found_by_every_origin()
    {
        var random = new Random(11);
        using var stream = Open();
        for (var round = 0; round < 300; round++)
        {
            var place = random.Next(Content.Length + 50);
            var result = random.Next(3) switch
            {
                0 => stream.Seek(place, SeekOrigin.Begin),
                1 => stream.Seek(place - stream.Position, SeekOrigin.Current),
                _ => stream.Seek(place - Content.Length, SeekOrigin.End),
            };
            Assert.Equal(place, result);
            AssertReads(stream, place, random.Next(1, 250));
        }
    }

    [Fact]
    public void Reading_in_order_goes_on_after_asking_for_the_length()
    {
        using var stream = Open();
        var start = new byte[250];
        stream.ReadExactly(start);

        Assert.Equal(Content.Length, stream.Length);
        stream.Seek(-30, SeekOrigin.Current);
        Assert.Equal(Content[220..], ApiSamples.ReadAll(stream));
    }

    [Fact]
    public async Task Asynchronous_reads_seek_too()
    {
        await using var stream = Open();
        var buffer = new byte[300];
        for (var place = Content.Length - 300; place >= 0; place -= 97)
        {
            stream.Position = place;
            await stream.ReadExactlyAsync(buffer);
            Assert.Equal(Content[place..(place + 300)], buffer);
        }
    }

    [Fact]
    public void A_read_decodes_only_the_frame_it_needs()
    {
        var content = ApiSamples.Noise(400_000);
        var output = new MemoryStream();
        using (var writer = ApiSamples.Writer(output, 10_000))
        {
            writer.Write(content);
        }

        using var input = new CountingStream(output.ToArray());
        using var stream = ApiSamples.Reader(input);
        stream.Position = 234_567;
        Assert.Equal(content[234_567], stream.ReadByte());
        stream.Position = 239_999;
        Assert.Equal(content[239_999], stream.ReadByte());
        stream.Position = 230_000;
        Assert.Equal(content[230_000], stream.ReadByte());
        Assert.InRange(input.BytesRead, 10_000, 30_000);
    }

    [Fact]
    public void Text_is_decoded_from_any_place()
    {
        byte[] content = [.. ApiSamples.Noise(256), .. ApiSamples.Text, .. ApiSamples.Noise(256)];
        using var stream = ApiSamples.Reader(new MemoryStream(ApiSamples.Archive(content)));

        stream.Position = 500;
        Assert.Equal(content[500..], ApiSamples.ReadAll(stream));
        stream.Position = 250;
        Assert.Equal(content[250..], ApiSamples.ReadAll(stream));
    }

    [Fact]
    public void Places_before_the_content_are_refused()
    {
        using var stream = Open();

        Assert.Throws<IOException>(() => stream.Seek(-1, SeekOrigin.Begin));
        Assert.Throws<IOException>(() => stream.Seek(-Content.Length - 1, SeekOrigin.End));
        Assert.Throws<IOException>(() => stream.Seek(long.MaxValue, SeekOrigin.End));
        Assert.Throws<IOException>(() => stream.Seek(long.MinValue, SeekOrigin.Current));
        Assert.Throws<ArgumentOutOfRangeException>(() => stream.Position = -1);
        Assert.Throws<ArgumentOutOfRangeException>(() => stream.Seek(0, (SeekOrigin)9));
        Assert.Equal(0, stream.Position);
        stream.Position = long.MaxValue;
        Assert.Equal(-1, stream.ReadByte());
    }

    [Fact]
    public void A_pipe_does_not_seek_but_counts()
    {
        using var stream = ApiSamples.Reader(new ForwardOnlyStream(Archives[Prefix.Length..]));

        Assert.False(stream.CanSeek);
        Assert.Throws<NotSupportedException>(() => stream.Length);
        Assert.Throws<NotSupportedException>(() => stream.Position = 1);
        Assert.Throws<NotSupportedException>(() => stream.Seek(0, SeekOrigin.Begin));
        stream.ReadByte();
        Assert.Equal(1, stream.Position);
    }

    private static NacrithStream Open() => ApiSamples.Reader(new MemoryStream(Archives) { Position = Prefix.Length });

    private static void AssertReads(Stream stream, int place, int length)
    {
        stream.Position = place;
        var buffer = new byte[length];
        var read = stream.ReadAtLeast(buffer, length, throwOnEndOfStream: false);
        var start = Math.Min(place, Content.Length);
        Assert.Equal(Content[start..Math.Min(place + length, Content.Length)], buffer[..read]);
        Assert.Equal(place + read, stream.Position);
    }
}
