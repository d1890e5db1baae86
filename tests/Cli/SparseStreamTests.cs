using NacrithOnnx.Cli.Files;
using NacrithOnnx.Tests.Support;

namespace NacrithOnnx.Tests.Cli;

public sealed class SparseStreamTests : IDisposable
{
    private const int Block = 4096;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>Lengths of runs, of zeros and other bytes in turns, written in pieces of some length.</summary>
    [Theory]
    [InlineData(1, 0)]
    [InlineData(Block, 3 * Block)]
    [InlineData(Block, 3 * Block, 5)]
    [InlineData(1000, 3 * Block, 5, Block, Block, 2 * Block)]
    [InlineData(7, 2 * Block, 1, 3 * Block, 1, Block - 2)]
    [InlineData(3 * Block, 10 * Block, Block / 2, 10 * Block, Block / 2)]
    public void Content_is_the_same_with_holes(int piece, params int[] runs)
    {
        var content = runs.SelectMany((length, index) => Enumerable.Repeat((byte)(index % 2), length)).ToArray();
        var path = _folder.File("a");
        using (var file = new FileStream(path, FileMode.CreateNew))
        {
            using var sparse = new SparseStream(file);
            foreach (var part in content.Chunk(piece))
            {
                sparse.Write(part);
            }

            sparse.Complete();
            Assert.Equal(content.Length, sparse.Position);
        }

        Assert.Equal(content, File.ReadAllBytes(path));
    }

    [Fact]
    public void Random_content_is_the_same()
    {
        var random = new Random(20261123);
        for (var round = 0; round < 100; round++)
        {
            Content_is_the_same_with_holes(random.Next(1, 3 * Block), [.. Enumerable.Range(0, 6).Select(_ => random.Next(3 * Block))]);
            File.Delete(_folder.File("a"));
        }
    }
}
