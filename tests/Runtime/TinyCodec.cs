using NacrithOnnx.Format;
using NacrithOnnx.Tests.Support;

namespace NacrithOnnx.Tests.Runtime;

/// <summary>The real codec with a tiny model, from bytes to bytes.</summary>
internal static class TinyCodec
{
    /// <summary>English prose with line ends of one character.</summary>
    public static byte[] Prose { get; } = [.. File.ReadAllBytes(
        Path.Combine(Repository.Root, "tests", "texts", "alice29.txt")).Where(value => value != '\r')];

    public static NacrithCodec Open(int threads = 1) => Open(TinyModel.Codec.Folder, threads);

    public static NacrithCodec Open(string folder, int threads = 1) => new(new CodecSettings(folder, threads) { TriesCoders = false });

    public static byte[] Compress(this NacrithCodec codec, byte[] content, int level)
    {
        using var archive = new MemoryStream();
        codec.Compress(
            new MemoryStream(content), archive, new CompressOptions { Level = level }, null, CancellationToken.None);
        return archive.ToArray();
    }

    public static byte[] Decompress(this NacrithCodec codec, byte[] archive, DecompressOptions? options = null) =>
        codec.Decompress(new MemoryStream(archive), options);

    public static byte[] Decompress(this NacrithCodec codec, Stream archive, DecompressOptions? options = null)
    {
        using var content = new MemoryStream();
        codec.Decompress(archive, content, options ?? new DecompressOptions(), null, CancellationToken.None);
        return content.ToArray();
    }

    /// <summary>Decompresses an archive that must be refused, and asserts that nothing is written.</summary>
    public static NacrithException Refuse(this NacrithCodec codec, byte[] archive)
    {
        using var content = new MemoryStream();
        var exception = Assert.ThrowsAny<NacrithException>(() => codec.Decompress(
            new MemoryStream(archive), content, new DecompressOptions(), null, CancellationToken.None));
        Assert.Equal(0, content.Length);
        return exception;
    }

    /// <summary>The only frame of an archive.</summary>
    public static BodyHead Frame(byte[] archive) =>
        Assert.Single(Assert.Single(ArchiveListing.Read(new MemoryStream(archive))).Frames).Head;
}
