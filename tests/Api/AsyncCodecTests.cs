using NacrithOnnx.Tests.Support;

namespace NacrithOnnx.Tests.Api;

/// <summary>The asynchronous calls of the codec give the same bytes as the synchronous ones.</summary>
public sealed class AsyncCodecTests
{
    private static readonly byte[] Content = [.. ApiSamples.Noise(512), .. ApiSamples.Text];

    [Fact]
    public async Task Both_directions_never_call_a_stream_synchronously()
    {
        using var archive = new MemoryStream();
        using var content = new MemoryStream();

        await ApiSamples.Codec.CompressAsync(
            new AsyncOnlyStream(new MemoryStream(Content)), new AsyncOnlyStream(archive));
        archive.Position = 0;
        await ApiSamples.Codec.DecompressAsync(new AsyncOnlyStream(archive), new AsyncOnlyStream(content));

        Assert.Equal(ApiSamples.Codec.Compress(Content), archive.ToArray());
        Assert.Equal(Content, content.ToArray());
    }

    [Theory]
    [InlineData(0, 10)]
    [InlineData(250, 20)]
    [InlineData(300, 400)]
    [InlineData(700, 1000)]
    [InlineData(5000, 10)]
    [InlineData(10, 0)]
    [InlineData(10, long.MaxValue)]
    public async Task A_range_is_the_same_by_index_and_in_order(long offset, long length)
    {
        var archive = ApiSamples.Archive(Content);
        var options = new DecompressOptions { Offset = offset, Length = length };
        var expected = Content.Skip((int)offset).Take((int)Math.Min(length, int.MaxValue)).ToArray();
        using var content = new MemoryStream();

        await ApiSamples.Codec.DecompressAsync(new AsyncOnlyStream(new MemoryStream(archive)), content, options);

        Assert.Equal(expected, content.ToArray());
        Assert.Equal(expected, ApiSamples.Codec.Decompress(archive, options));
    }

    [Fact]
    public async Task A_cancelled_call_ends()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ApiSamples.Codec.CompressAsync(
            new MemoryStream(Content), Stream.Null, cancel: cancelled.Token));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ApiSamples.Codec.DecompressAsync(
            new MemoryStream(ApiSamples.Archive(Content)), Stream.Null, cancel: cancelled.Token));
    }

    [Fact]
    public async Task Reads_of_padding_between_archives_are_proportional_to_its_length()
    {
        var archive = ApiSamples.Archive(Content);

        var half = await ReadsOver(archive, new byte[500_000]);
        var whole = await ReadsOver(archive, new byte[1_000_000]);

        // The buffer grows from 4 KiB by at least a quarter: about 25 reads for a megabyte.
        Assert.InRange(whole, half, 60);
    }

    private static async Task<int> ReadsOver(byte[] archive, byte[] padding)
    {
        using var input = new ReadCountingStream([.. archive, .. padding, .. archive]);
        await using var stream = ApiSamples.Reader(new AsyncOnlyStream(input));
        using var content = new MemoryStream();
        await stream.CopyToAsync(content);
        Assert.Equal(2 * Content.Length, content.Length);
        return input.Reads;
    }
}
