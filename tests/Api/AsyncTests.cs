using NacrithOnnx.Format;
using NacrithOnnx.Tests.Support;

namespace NacrithOnnx.Tests.Api;

public sealed class AsyncTests
{
    private static readonly byte[] Content = [.. ApiSamples.Noise(512), .. ApiSamples.Text];

    public static async Task<byte[]> ReadAllAsync(Stream input, DecompressOptions? options = null)
    {
        await using var stream = ApiSamples.Reader(input, options);
        using var content = new MemoryStream();
        await stream.CopyToAsync(content);
        return content.ToArray();
    }

    [Fact]
    public async Task Both_directions_never_call_the_base_stream_synchronously()
    {
        using var output = new MemoryStream();
        await using (var stream = ApiSamples.Writer(new AsyncOnlyStream(output)))
        {
            foreach (var piece in Content.Chunk(33))
            {
                await stream.WriteAsync(piece);
                await stream.FlushAsync();
            }
        }

        var archive = output.ToArray();
        Assert.Equal(ApiSamples.Archive(Content), archive);
        Assert.Equal(Content, await ReadAllAsync(new AsyncOnlyStream(new MemoryStream(archive))));
        Assert.Equal(Content, await ReadAllAsync(new AsyncOnlyStream(new OneByteAtATimeStream(archive))));
    }

    [Fact]
    public async Task Long_frames_and_frames_of_other_programs_are_fetched_too()
    {
        var content = ApiSamples.Noise(300_000);
        using var output = new MemoryStream();
        using var writer = new ContainerWriter(output);
        writer.WriteHeader(new());
        writer.WriteSkippableFrame(FrameType.FirstSkippable, content);
        writer.WriteStoredFrame(content.AsSpan(0, 200_000));
        writer.WriteSkippableFrame(FrameType.LastSkippable, default);
        writer.WriteStoredFrame(content.AsSpan(200_000));
        writer.WriteSkippableFrame(FrameType.LastSkippable, default);
        writer.WriteEnd();

        Assert.Equal(content, await ReadAllAsync(new AsyncOnlyStream(new ShortReadStream(output.ToArray(), 2))));
    }

    [Fact]
    public async Task Asynchronous_reads_tell_the_same_of_any_archive()
    {
        foreach (var file in Directory.GetFiles(Path.Combine(Repository.Root, "golden"), "*.ncx"))
        {
            var archive = File.ReadAllBytes(file);
            var (content, failure) = (Array.Empty<byte>(), default(NacrithException));
            try
            {
                content = ApiSamples.ReadAll(ApiSamples.Reader(new ForwardOnlyStream(archive)));
            }
            catch (NacrithException exception)
            {
                failure = exception;
            }

            foreach (Stream input in new[] { new OneByteAtATimeStream(archive), new ForwardOnlyStream(archive) })
            {
                if (failure is null)
                {
                    Assert.Equal(content, await ReadAllAsync(new AsyncOnlyStream(input)));
                }
                else
                {
                    var other = await Assert.ThrowsAnyAsync<NacrithException>(() => ReadAllAsync(new AsyncOnlyStream(input)));
                    Assert.Equal((failure.Code, failure.Message), (other.Code, other.Message));
                }
            }
        }
    }

    [Fact]
    public async Task Synchronous_and_asynchronous_reads_mix()
    {
        await using var stream = ApiSamples.Reader(new ShortReadStream(ApiSamples.Archive(Content), 4));
        var buffer = new byte[1];
        for (var place = 0; place < Content.Length; place++)
        {
            var value = place % 300 < 150 ? stream.ReadByte() : await stream.ReadAsync(buffer) == 1 ? buffer[0] : -1;
            Assert.Equal(Content[place], value);
        }

        Assert.Equal(0, await stream.ReadAsync(buffer));
    }

    [Fact]
    public async Task A_cancelled_write_leaves_an_archive_that_reads_as_truncated()
    {
        byte[] text = [.. Enumerable.Repeat(ApiSamples.Text, 5).SelectMany(text => text)];
        using var output = new MemoryStream();
        using var cancel = new CancellationTokenSource();
        var stream = ApiSamples.Writer(output, new CompressOptions(), new CancelAt(150, cancel));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await stream.WriteAsync(text, cancel.Token));
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await stream.WriteAsync(text));
        await stream.DisposeAsync();

        Assert.NotEqual(0, output.Length);
        Assert.Throws<TruncatedArchiveException>(() => ApiSamples.Codec.Decompress(output.ToArray()));
    }

    [Fact]
    public async Task A_write_cancelled_before_it_began_counts_as_missing()
    {
        using var output = new MemoryStream();
        var stream = ApiSamples.Writer(output);
        await stream.WriteAsync(Content);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            async () => await stream.WriteAsync(Content, new CancellationToken(true)));
        await stream.DisposeAsync();

        Assert.Throws<TruncatedArchiveException>(() => ApiSamples.Codec.Decompress(output.ToArray()));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Completing_can_be_cancelled(bool asynchronous)
    {
        using var output = new MemoryStream();
        using var cancel = new CancellationTokenSource();
        var stream = new NacrithStream(
            output, ApiSamples.Codec, new CompressOptions(), true, new CancelAt(1, cancel));
        stream.Write(ApiSamples.Text);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            if (asynchronous)
            {
                await stream.CompleteAsync(cancel.Token);
            }
            else
            {
                stream.Complete(cancel.Token);
            }
        });
        await stream.DisposeAsync();

        Assert.Equal(0, output.Length);
    }

    [Fact]
    public async Task A_cancelled_read_can_be_repeated()
    {
        var archive = ApiSamples.Archive([.. Content, .. ApiSamples.Text]);
        using var cancel = new CancellationTokenSource();
        await using var stream = new NacrithStream(
            new AsyncOnlyStream(new MemoryStream(archive)), ApiSamples.Codec, new DecompressOptions(), false, new CancelAt(1, cancel));
        var buffer = new byte[Content.Length];
        var read = 0;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            while (read < buffer.Length)
            {
                read += await stream.ReadAsync(buffer.AsMemory(read), cancel.Token);
            }
        });

        Assert.Equal(read, stream.Position);
        await stream.ReadExactlyAsync(buffer.AsMemory(read));
        Assert.Equal(Content, buffer);
        using var rest = new MemoryStream();
        await stream.CopyToAsync(rest);
        Assert.Equal(ApiSamples.Text, rest.ToArray());
    }

    [Fact]
    public async Task Two_calls_at_once_are_refused()
    {
        var blocked = new TaskCompletionSource();
        var stream = ApiSamples.Writer(new WaitingStream(blocked.Task));
        var first = stream.WriteAsync(ApiSamples.Noise(1000)).AsTask();

        await Assert.ThrowsAsync<InvalidOperationException>(async () => await stream.WriteAsync(Content));
        Assert.Throws<InvalidOperationException>(stream.Dispose);
        blocked.SetResult();
        await first;
        await stream.DisposeAsync();
    }

    [Fact]
    public async Task Many_streams_share_a_codec()
    {
        await Task.WhenAll(Enumerable.Range(0, 4).Select(async number =>
        {
            byte[] content = [.. ApiSamples.Text, .. ApiSamples.Text.AsSpan(number)];
            var level = number % 2 == 0 ? 9 : 1;
            using var output = new MemoryStream();
            await using (var stream = ApiSamples.Writer(output, new CompressOptions { Level = level }))
            {
                await stream.WriteAsync(content);
            }

            output.Position = 0;
            Assert.Equal(content, await ReadAllAsync(output));
        }));
    }

    [Fact]
    public void A_disposed_codec_is_told()
    {
        var codec = new NacrithCodec(new CodecSettings(TinyModel.Codec.Folder, 1) { TriesCoders = false });
        using var output = new MemoryStream();
        var stream = new NacrithStream(output, codec, new CompressOptions());
        stream.Write(Content);
        codec.Dispose();
        codec.Dispose();

        Assert.Throws<ObjectDisposedException>(() => stream.Complete());
        Assert.Throws<ObjectDisposedException>(() => codec.Compress(Content));
        stream.Dispose();
    }

    /// <summary>Cancels once some tokens have been coded.</summary>
    private sealed class CancelAt(long tokens, CancellationTokenSource cancel) : IProgress<CodecProgress>
    {
        public void Report(CodecProgress value)
        {
            if (value.Tokens >= tokens)
            {
                cancel.Cancel();
            }
        }
    }

    private sealed class WaitingStream(Task blocked) : MemoryStream
    {
        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await blocked;
            await base.WriteAsync(buffer, cancellationToken);
        }
    }
}
