using System.IO.Compression;
using NacrithOnnx.Tests.Support;

namespace NacrithOnnx.Tests.Api;

public sealed class WritingTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(257)]
    [InlineData(512)]
    [InlineData(1281)]
    public void The_archive_does_not_depend_on_the_lengths_of_writes(int length)
    {
        var content = ApiSamples.Noise(length);
        var expected = ApiSamples.Archive(content);
        using var output = new MemoryStream();
        using (var stream = ApiSamples.Writer(output))
        {
            foreach (var value in content)
            {
                stream.WriteByte(value);
            }

            Assert.Equal(length, stream.Position);
        }

        Assert.Equal(expected, output.ToArray());
        Assert.Equal(content, ApiSamples.Codec.Decompress(expected));
    }

    [Fact]
    public void The_archive_is_that_of_the_codec()
    {
        byte[] content = [.. ApiSamples.Text, .. ApiSamples.Noise(3000), .. ApiSamples.Text];
        using var output = new MemoryStream();
        ApiSamples.Codec.Compress(new MemoryStream(content), output, new(), null, CancellationToken.None);
        var expected = output.ToArray();

        using var written = new MemoryStream();
        using (var stream = new NacrithStream(written, ApiSamples.Codec, CompressionMode.Compress, leaveOpen: true))
        {
            stream.Write(content, 0, 7);
            stream.Write(content, 7, content.Length - 7);
        }

        Assert.Equal(expected, written.ToArray());
        Assert.Equal(expected, ApiSamples.Codec.Compress(content));
    }

    [Fact]
    public void Nothing_written_is_an_archive_of_nothing()
    {
        var archive = ApiSamples.Archive([]);

        Assert.Equal(ApiSamples.Codec.Compress([]), archive);
        Assert.Empty(ApiSamples.Codec.Decompress(archive));
        Assert.Empty(ApiSamples.ReadAll(ApiSamples.Reader(new MemoryStream(archive))));
    }

    [Fact]
    public void Flushing_changes_no_byte()
    {
        var content = ApiSamples.Noise(513);
        using var output = new MemoryStream();
        using (var stream = ApiSamples.Writer(output))
        {
            foreach (var piece in content.Chunk(30))
            {
                stream.Write(piece);
                stream.Flush();
            }
        }

        Assert.Equal(ApiSamples.Archive(content), output.ToArray());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_base_stream_closes_unless_it_is_to_stay_open(bool leaveOpen)
    {
        foreach (var asynchronous in new[] { false, true })
        {
            var output = new MemoryStream();
            var stream = ApiSamples.Writer(output, leaveOpen: leaveOpen);
            stream.WriteByte(1);
            if (asynchronous)
            {
                await stream.DisposeAsync();
                await stream.DisposeAsync();
            }
            else
            {
                stream.Dispose();
                stream.Dispose();
            }

            Assert.Equal(leaveOpen, output.CanWrite);
            Assert.Equal([1], ApiSamples.Codec.Decompress(output.ToArray()));
            Assert.Equal(output.ToArray().Length, stream.BytesWritten);
        }
    }

    [Fact]
    public void A_complete_archive_takes_no_more()
    {
        using var output = new MemoryStream();
        var stream = ApiSamples.Writer(output);
        stream.Write(ApiSamples.Noise(513));
        stream.Complete();
        var archive = output.ToArray();

        Assert.Throws<InvalidOperationException>(() => stream.WriteByte(1));
        Assert.Throws<InvalidOperationException>(() => stream.Complete());
        stream.Dispose();
        Assert.Equal(archive, output.ToArray());
        Assert.Equal(ApiSamples.Noise(513), ApiSamples.Codec.Decompress(archive));
    }

    [Fact]
    public void A_failure_at_any_byte_leaves_an_archive_that_is_refused()
    {
        var content = ApiSamples.Noise(257);
        var archive = ApiSamples.Archive(content);
        for (var room = 0; room < archive.Length; room++)
        {
            using var output = new FullStream(room);
            var stream = ApiSamples.Writer(output);
            Assert.Throws<IOException>(() =>
            {
                foreach (var piece in content.Chunk(40))
                {
                    stream.Write(piece);
                }

                stream.Complete();
            });

            var refused = Assert.Throws<InvalidOperationException>(() => stream.Write(content));
            Assert.IsType<IOException>(refused.InnerException);
            stream.Dispose();
            Assert.Equal(archive[..room], output.ToArray());
            Assert.ThrowsAny<NacrithException>(() => ApiSamples.Codec.Decompress(output.ToArray()));
        }
    }

    [Fact]
    public async Task A_failure_at_any_byte_is_the_same_asynchronously()
    {
        var content = ApiSamples.Noise(257);
        var archive = ApiSamples.Archive(content);
        for (var room = 0; room < archive.Length; room += 3)
        {
            using var output = new FullStream(room);
            var stream = ApiSamples.Writer(output);
            await Assert.ThrowsAsync<IOException>(async () =>
            {
                await stream.WriteAsync(content);
                await stream.CompleteAsync();
            });
            await Assert.ThrowsAsync<InvalidOperationException>(async () => await stream.WriteAsync(content));
            await stream.DisposeAsync();
            Assert.Equal(archive[..room], output.ToArray());
        }
    }

    [Fact]
    public void A_failure_while_disposing_closes_the_base_stream_and_is_told()
    {
        var output = new FullStream(10);
        var stream = ApiSamples.Writer(output, leaveOpen: false);
        stream.Write(ApiSamples.Noise(10));

        Assert.Throws<IOException>(stream.Dispose);
        Assert.False(output.CanWrite);
        stream.Dispose();
    }

    [Fact]
    public void A_writer_does_not_read_or_seek()
    {
        var stream = ApiSamples.Writer(new MemoryStream());

        Assert.Equal((false, true, false), (stream.CanRead, stream.CanWrite, stream.CanSeek));
        Assert.Throws<NotSupportedException>(() => stream.ReadByte());
        Assert.Throws<NotSupportedException>(() => stream.Length);
        Assert.Throws<NotSupportedException>(() => stream.Position = 0);
        Assert.Throws<NotSupportedException>(() => stream.Seek(0, SeekOrigin.Begin));
        Assert.Throws<NotSupportedException>(() => stream.SetLength(0));

        stream.Dispose();
        Assert.False(stream.CanWrite);
        Assert.Throws<ObjectDisposedException>(() => stream.WriteByte(1));
        Assert.Throws<ObjectDisposedException>(stream.Flush);
        Assert.Throws<ObjectDisposedException>(() => stream.Complete());
    }

    [Fact]
    public void Wrong_arguments_are_refused_at_once()
    {
        var codec = ApiSamples.Codec;

        Assert.Throws<ArgumentException>(() => new NacrithStream(new MemoryStream([1], false), codec, CompressionMode.Compress));
        Assert.Throws<ArgumentException>(() => new NacrithStream(new FailingWriter(), codec, CompressionMode.Decompress));
        Assert.Throws<ArgumentOutOfRangeException>(() => new NacrithStream(Stream.Null, codec, (CompressionMode)7));
        Assert.Throws<ArgumentOutOfRangeException>(() => new NacrithStream(Stream.Null, codec, new CompressOptions { Level = 10 }));
        Assert.Throws<ArgumentException>(() => new NacrithStream(Stream.Null, codec, new DecompressOptions { Offset = 1 }));
        Assert.Throws<ArgumentNullException>(() => new NacrithStream(null!, codec, CompressionMode.Compress));
        Assert.Throws<ArgumentNullException>(() => new NacrithStream(Stream.Null, null!, CompressionMode.Compress));
    }

    [Fact]
    public void Progress_ends_at_the_lengths_of_content_and_archive()
    {
        var reports = new List<CodecProgress>();
        var content = ApiSamples.Text;
        using var output = new MemoryStream();
        using (var stream = new NacrithStream(output, ApiSamples.Codec, new CompressOptions(), true, new Told(reports)))
        {
            stream.Write(content);
        }

        Assert.Equal((content.Length, output.Length), (reports[^1].InputBytes, reports[^1].OutputBytes));
        Assert.InRange(reports[^1].Tokens, 10, 100);

        reports.Clear();
        output.Position = 0;
        using var reader = new NacrithStream(output, ApiSamples.Codec, new DecompressOptions(), true, new Told(reports));
        Assert.Equal(content, ApiSamples.ReadAll(reader));
        Assert.Equal((output.Length, content.Length), (reports[^1].InputBytes, reports[^1].OutputBytes));
    }

    private sealed class Told(List<CodecProgress> reports) : IProgress<CodecProgress>
    {
        public void Report(CodecProgress value) => reports.Add(value);
    }

    private sealed class FailingWriter : MemoryStream
    {
        public override bool CanRead => false;
    }
}
