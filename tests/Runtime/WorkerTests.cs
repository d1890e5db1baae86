using System.Collections.Concurrent;
using System.IO.Pipes;
using NacrithOnnx.Format;
using NacrithOnnx.Tests.Support;

namespace NacrithOnnx.Tests.Runtime;

/// <summary>Frames coded at the same time: the bytes, their order, failures and progress are those of one after another.</summary>
public sealed class WorkerTests
{
    private const int FrameLength = 300;

    /// <summary>Eight frames: text, bytes and noise, the last one short.</summary>
    private static readonly byte[] Content = MakeContent();

    /// <summary>By workers; kept, because predictors and caches take longer to make than these frames to code.</summary>
    private static readonly ConcurrentDictionary<int, Lazy<NacrithCodec>> Codecs = [];

    public static TheoryData<int> WorkerCounts => [1, 2, 3, 8];

    [Theory]
    [MemberData(nameof(WorkerCounts))]
    public async Task Archives_and_contents_are_the_same_for_any_number_of_workers(int workers)
    {
        foreach (var length in (int[])[0, 1, FrameLength, FrameLength + 1, Content.Length])
        {
            var content = Content[..length];
            var expected = Archive(Codec(1), content);

            Assert.Equal(expected, Archive(Codec(workers), content));
            Assert.Equal(expected, await ArchiveAsync(Codec(workers), content));
            Assert.Equal(content, Codec(workers).Decompress(expected));
            Assert.Equal(content, Codec(workers).Decompress(new ForwardOnlyStream(expected)));
            Assert.Equal(content, await DecompressAsync(Codec(workers), new MemoryStream(expected)));
            Assert.Equal(content, await DecompressAsync(Codec(workers), new ForwardOnlyStream(expected)));
        }
    }

    [Theory]
    [InlineData(1L << 28)]
    [InlineData(1L << 30)]
    [InlineData(1L << 34)]
    public async Task Archives_and_contents_are_the_same_within_any_memory(long limit)
    {
        var expected = Archive(Codec(1), Content);
        var options = new CompressOptions { MemoryLimit = limit, ContentLength = Content.Length };
        var reading = new DecompressOptions { MemoryLimit = limit };

        using var archive = new MemoryStream();
        Write(Codec(3), archive, Content, options, null);
        Assert.Equal(expected, archive.ToArray());
        Assert.Equal(Content, Codec(3).Decompress(expected, reading));
        using var content = new MemoryStream();
        await Codec(3).DecompressAsync(new MemoryStream(expected), content, reading);
        Assert.Equal(Content, content.ToArray());
    }

    [Theory]
    [MemberData(nameof(WorkerCounts))]
    public void Concatenated_archives_and_ranges_are_the_same_for_any_number_of_workers(int workers)
    {
        var small = Archive(Codec(1), Content[..300]);
        byte[] archives = [.. small, .. Archive(Codec(1), []), .. Archive(Codec(1), Content), .. small];
        byte[] contents = [.. Content[..300], .. Content, .. Content[..300]];

        Assert.Equal(contents, Codec(workers).Decompress(archives));
        Assert.Equal(contents, Codec(workers).Decompress(new ForwardOnlyStream(archives)));
        foreach (var (offset, length) in ((int, int)[])[(0, 10), (290, 500), (1000, 1400), (contents.Length - 5, 100)])
        {
            var options = new DecompressOptions { Offset = offset, Length = length };
            var expected = contents.AsSpan(offset, Math.Min(length, contents.Length - offset)).ToArray();
            Assert.Equal(expected, Codec(workers).Decompress(archives, options));
            Assert.Equal(expected, Codec(workers).Decompress(new ForwardOnlyStream(archives), options));
        }
    }

    [Theory]
    [MemberData(nameof(WorkerCounts))]
    public void The_content_before_a_damaged_frame_comes_first(int workers)
    {
        var archive = Archive(Codec(1), Content);
        var frames = ArchiveListing.Read(new MemoryStream(archive))[0].Frames;
        archive[frames[3].Offset + 40] ^= 1;
        archive[frames[6].Offset + 40] ^= 1;
        foreach (var input in (Stream[])[new MemoryStream(archive), new ForwardOnlyStream(archive)])
        {
            using var output = new MemoryStream();
            var failure = Assert.ThrowsAny<NacrithException>(() => Codec(workers).Decompress(input, output));

            Assert.Contains($"byte {frames[3].Offset}", failure.Message, StringComparison.Ordinal);
            Assert.Equal(Content[..(3 * FrameLength)], output.ToArray());
        }
    }

    [Theory]
    [MemberData(nameof(WorkerCounts))]
    public void A_truncated_archive_gives_the_frames_that_it_has(int workers)
    {
        var archive = Archive(Codec(1), Content);
        var frames = ArchiveListing.Read(new MemoryStream(archive))[0].Frames;
        using var output = new MemoryStream();

        Assert.ThrowsAny<TruncatedArchiveException>(
            () => Codec(workers).Decompress(new MemoryStream(archive[..(int)(frames[5].Offset + 5)]), output));

        Assert.Equal(Content[..(5 * FrameLength)], output.ToArray());
    }

    [Theory]
    [MemberData(nameof(WorkerCounts))]
    public void A_failing_output_gets_nothing_after_the_failure(int workers)
    {
        using var output = new FullStream(700);
        using var writer = Codec(workers).OpenWriter(output, new CompressOptions(), null, FrameLength);

        Assert.Throws<IOException>(() =>
        {
            writer.Write(Content);
            writer.Complete();
        });

        Assert.True(writer.HasFailed);
        Assert.Throws<InvalidOperationException>(() => writer.Write(Content));
        Assert.Throws<InvalidOperationException>(() => writer.Complete());
    }

    [Theory]
    [MemberData(nameof(WorkerCounts))]
    public async Task A_cancelled_call_ends_and_leaves_the_codec_usable(int workers)
    {
        foreach (var isAsync in (bool[])[false, true])
        {
            using var cancel = new CancellationTokenSource();
            var progress = new Watch(value => value.Tokens > 60, cancel.Cancel);
            using var output = new MemoryStream();
            using var writer = Codec(workers).OpenWriter(output, new CompressOptions(), progress, FrameLength);
            await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
            {
                if (isAsync)
                {
                    await writer.WriteAsync(Content, cancel.Token);
                    await writer.CompleteAsync(cancel.Token);
                }
                else
                {
                    writer.Write(Content, cancel.Token);
                    writer.Complete(cancel.Token);
                }
            });

            Assert.True(writer.HasFailed);
        }

        var archive = Archive(Codec(workers), Content);
        using var stop = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Codec(workers).DecompressAsync(
            new MemoryStream(archive), Stream.Null, null, new Watch(value => value.Tokens > 60, stop.Cancel), stop.Token));
        Assert.Equal(Content, Codec(workers).Decompress(archive));
    }

    [Theory]
    [MemberData(nameof(WorkerCounts))]
    public void Progress_never_goes_back_and_ends_at_the_lengths(int workers)
    {
        var reports = new List<CodecProgress>();
        var archive = Archive(Codec(workers), Content, new Watch(reports));
        Check(Content.Length, archive.Length);

        Codec(workers).Decompress(new MemoryStream(archive), Stream.Null, null, new Watch(reports));
        Check(archive.Length, Content.Length);

        void Check(int input, int output)
        {
            Assert.Equal(reports.OrderBy(report => report.InputBytes).Select(report => report.InputBytes), reports.Select(report => report.InputBytes));
            Assert.Equal(reports.OrderBy(report => report.OutputBytes).Select(report => report.OutputBytes), reports.Select(report => report.OutputBytes));
            Assert.Equal((input, output), (reports[^1].InputBytes, reports[^1].OutputBytes));
            reports.Clear();
        }
    }

    [Fact]
    public async Task Content_that_is_ready_does_not_wait_for_the_rest_of_a_pipe()
    {
        using var pipe = new AnonymousPipeServerStream(PipeDirection.Out);
        using var input = new AnonymousPipeClientStream(PipeDirection.In, pipe.ClientSafePipeHandle);
        var archive = Archive(Codec(3), Content);
        var second = (int)ArchiveListing.Read(new MemoryStream(archive))[0].Frames[1].Offset;
        using var output = new ArrivalStream();
        var reading = Task.Run(() => Codec(3).Decompress(input, output));

        pipe.Write(archive.AsSpan(0, second));
        pipe.Flush();
        await output.Arrived.Task.WaitAsync(TimeSpan.FromMinutes(1));
        Assert.False(reading.IsCompleted);

        pipe.Write(archive.AsSpan(second));
        pipe.Dispose();
        await reading;
        Assert.Equal(Content, output.ToArray());
    }

    [Fact]
    public void A_dictionary_serves_frames_at_the_same_time()
    {
        using var dictionary = new NacrithDictionary(TinyCodec.Prose.AsSpan(20_000, 600));
        var options = new CompressOptions { Dictionary = dictionary };
        using var expected = new MemoryStream();
        using var found = new MemoryStream();
        Write(Codec(1), expected, Content, options, null);
        Write(Codec(3), found, Content, options, null);

        Assert.Equal(expected.ToArray(), found.ToArray());
        Assert.Equal(Content, Codec(3).Decompress(found.ToArray(), new DecompressOptions { Dictionary = dictionary }));
    }

    [Fact]
    public async Task Several_archives_with_several_workers_at_once()
    {
        var expected = Archive(Codec(1), Content);

        var archives = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => Archive(Codec(3), Content))));

        Assert.All(archives, archive => Assert.Equal(expected, archive));
    }

    private static byte[] MakeContent()
    {
        var noise = new byte[500];
        new Random(11).NextBytes(noise);
        byte[] content = [.. TinyCodec.Prose[..700], .. noise, .. new byte[300], .. TinyCodec.Prose[700..1700]];
        return content[..((7 * FrameLength) + 50)];
    }

    private static byte[] Archive(NacrithCodec codec, byte[] content, IProgress<CodecProgress>? progress = null)
    {
        using var output = new MemoryStream();
        Write(codec, output, content, new CompressOptions(), progress);
        return output.ToArray();
    }

    private static void Write(
        NacrithCodec codec, Stream output, byte[] content, CompressOptions options, IProgress<CodecProgress>? progress)
    {
        using var writer = codec.OpenWriter(output, options, progress, FrameLength);
        writer.Write(content);
        writer.Complete();
    }

    private static async Task<byte[]> ArchiveAsync(NacrithCodec codec, byte[] content)
    {
        using var output = new MemoryStream();
        using var writer = codec.OpenWriter(new AsyncOnlyStream(output), new CompressOptions(), null, FrameLength);
        await writer.WriteAsync(content);
        await writer.CompleteAsync();
        return output.ToArray();
    }

    private static async Task<byte[]> DecompressAsync(NacrithCodec codec, Stream archive)
    {
        using var content = new MemoryStream();
        await codec.DecompressAsync(new AsyncOnlyStream(archive), new AsyncOnlyStream(content));
        return content.ToArray();
    }

    private static NacrithCodec Codec(int workers) => Codecs.GetOrAdd(workers, _ => new(() => new NacrithCodec(
        new CodecSettings(TinyModel.Codec.Folder, 1) { TriesCoders = false, Workers = workers }))).Value;

    private sealed class Watch(Func<CodecProgress, bool> isDue, Action act) : IProgress<CodecProgress>
    {
        public Watch(List<CodecProgress> reports)
            : this(
                value =>
                {
                    reports.Add(value);
                    return false;
                },
                () => { })
        {
        }

        public void Report(CodecProgress value)
        {
            if (isDue(value))
            {
                act();
            }
        }
    }

    private sealed class ArrivalStream : MemoryStream
    {
        public TaskCompletionSource Arrived { get; } = new();

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            base.Write(buffer);
            Arrived.TrySetResult();
        }
    }
}
