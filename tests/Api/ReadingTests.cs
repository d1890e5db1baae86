using NacrithOnnx.Tests.Support;

namespace NacrithOnnx.Tests.Api;

public sealed class ReadingTests
{
    private static readonly byte[] Content = ApiSamples.Noise(769);
    private static readonly byte[] Archive = ApiSamples.Archive(Content);

    [Fact]
    public void Any_base_stream_will_do()
    {
        foreach (var input in new Stream[]
        {
            new MemoryStream(Archive), new ForwardOnlyStream(Archive), new OneByteAtATimeStream(Archive), new ShortReadStream(Archive, 5),
        })
        {
            using var stream = ApiSamples.Reader(input);
            Assert.Equal(Content, ApiSamples.ReadAll(stream));
            Assert.Equal(Content.Length, stream.Position);
            Assert.Equal(-1, stream.ReadByte());
            Assert.Equal(0, stream.Read(new byte[3], 0, 3));
        }
    }

    [Fact]
    public void Single_bytes_can_be_read()
    {
        using var stream = ApiSamples.Reader(new ForwardOnlyStream(Archive));
        foreach (var value in Content)
        {
            Assert.Equal(value, stream.ReadByte());
        }

        Assert.Equal(-1, stream.ReadByte());
    }

    [Fact]
    public async Task Concatenated_archives_and_padding_read_as_one()
    {
        var empty = ApiSamples.Archive([]);
        var sole = ApiSamples.Archive([1, 2, 3]);
        byte[] all = [.. empty, .. sole, 0, 0, 0, .. Archive, .. empty, .. sole, .. new byte[5000]];
        byte[] expected = [1, 2, 3, .. Content, 1, 2, 3];

        Assert.Equal(expected, ApiSamples.ReadAll(ApiSamples.Reader(new ForwardOnlyStream(all))));
        Assert.Equal(expected, await AsyncTests.ReadAllAsync(new AsyncOnlyStream(new ShortReadStream(all, 3))));
        using var seekable = ApiSamples.Reader(new MemoryStream(all));
        Assert.Equal(expected.Length, seekable.Length);
    }

    [Fact]
    public async Task Foreign_bytes_behind_are_refused_unless_they_may_be_ignored()
    {
        byte[] all = [.. Archive, .. "something else that is not ours"u8];
        var ignore = new DecompressOptions { IgnoreTrailing = true };

        Assert.Throws<CorruptArchiveException>(() => ApiSamples.ReadAll(ApiSamples.Reader(new ForwardOnlyStream(all))));
        using var stream = ApiSamples.Reader(new ForwardOnlyStream(all), ignore);
        Assert.Equal(Content, ApiSamples.ReadAll(stream));
        Assert.Equal(-1, stream.ReadByte());
        Assert.Equal(Content, await AsyncTests.ReadAllAsync(new AsyncOnlyStream(new MemoryStream(all)), ignore));
    }

    [Fact]
    public async Task A_truncated_archive_fails_at_every_length_after_giving_whole_frames()
    {
        for (var length = 0; length < Archive.Length; length++)
        {
            foreach (var asynchronous in new[] { false, true })
            {
                Stream input = new TruncatedStream(Archive, length);
                await using var stream = ApiSamples.Reader(asynchronous ? new AsyncOnlyStream(input) : input);
                var content = new MemoryStream();
                Exception failure = asynchronous
                    ? await Assert.ThrowsAnyAsync<NacrithException>(() => stream.CopyToAsync(content))
                    : Assert.ThrowsAny<NacrithException>(() => stream.CopyTo(content));
                Assert.IsType(length == 0 ? typeof(NotAnArchiveException) : typeof(TruncatedArchiveException), failure);
                Assert.True(Content.AsSpan().StartsWith(content.ToArray()));

                // Asking again gives the same answer, never the end of the content.
                var again = Assert.ThrowsAny<NacrithException>(() => stream.ReadByte());
                Assert.Equal(failure.Message, again.Message);
            }
        }
    }

    [Fact]
    public void A_failing_base_stream_is_told_at_every_byte()
    {
        for (var limit = 0; limit < Archive.Length; limit++)
        {
            using var stream = ApiSamples.Reader(new FailingStream(Archive, limit));
            Assert.Throws<IOException>(() => ApiSamples.ReadAll(stream));
            Assert.Throws<IOException>(() => stream.ReadByte());
        }
    }

    [Fact]
    public void Damage_gives_no_byte_of_its_frame()
    {
        byte[] damaged = [.. Archive];
        var place = Archive.AsSpan().IndexOf(Content.AsSpan(300, 20));
        damaged[place] ^= 1;

        var stream = ApiSamples.Reader(new MemoryStream(damaged));
        var buffer = new byte[256];
        stream.ReadExactly(buffer);
        Assert.Equal(Content[..256], buffer);
        Assert.Throws<CorruptArchiveException>(() => stream.ReadByte());
        Assert.Equal(256, stream.Position);

        // What is whole behind the damage can still be had.
        stream.Position = 512;
        Assert.Equal(Content[512..], ApiSamples.ReadAll(stream));
        stream.Position = 511;
        Assert.Throws<CorruptArchiveException>(() => stream.ReadByte());
        Assert.Throws<CorruptArchiveException>(() => stream.ReadByte());
    }

    [Fact]
    public void More_content_than_allowed_is_refused()
    {
        var options = new DecompressOptions { MaxOutput = Content.Length - 1 };

        Assert.Throws<LimitExceededException>(() => ApiSamples.ReadAll(ApiSamples.Reader(new MemoryStream(Archive), options)));
        Assert.Throws<LimitExceededException>(() => ApiSamples.Reader(new MemoryStream(Archive), options).Length);
        Assert.Throws<LimitExceededException>(() => ApiSamples.Reader(new MemoryStream(Archive), options).Position = 500);
        options = new DecompressOptions { MaxOutput = Content.Length };
        Assert.Equal(Content, ApiSamples.ReadAll(ApiSamples.Reader(new MemoryStream(Archive), options)));
    }

    [Fact]
    public void An_archive_of_another_model_is_refused()
    {
        using var other = new NacrithCodec(new CodecSettings(TinyModel.Other.Folder, 1) { TriesCoders = false });
        using var stream = new NacrithStream(new MemoryStream(ApiSamples.Codec.Compress(ApiSamples.Text)), other, new DecompressOptions());

        Assert.Throws<ModelMismatchException>(() => stream.ReadByte());
    }

    [Fact]
    public void A_reader_does_not_write()
    {
        var input = new MemoryStream(Archive);
        var stream = ApiSamples.Reader(input);

        Assert.Equal((true, false, true), (stream.CanRead, stream.CanWrite, stream.CanSeek));
        Assert.Throws<NotSupportedException>(() => stream.WriteByte(1));
        Assert.Throws<NotSupportedException>(() => stream.Complete());
        Assert.Throws<NotSupportedException>(() => stream.BytesWritten);
        stream.Flush();

        stream.Dispose();
        Assert.Equal((false, false), (stream.CanRead, stream.CanSeek));
        Assert.False(input.CanRead);
        Assert.Throws<ObjectDisposedException>(() => stream.ReadByte());
        Assert.Throws<ObjectDisposedException>(() => stream.Length);
        Assert.Throws<ObjectDisposedException>(() => stream.Position = 0);
    }
}
