using NacrithOnnx.Runtime.Archive;
using NacrithOnnx.Runtime.Frame;

namespace NacrithOnnx.Tests.Support;

/// <summary>Archives with a profile that no level writes.</summary>
internal static class ProfileWriter
{
    public static byte[] Compress(
        this NacrithCodec codec, byte[] content, Profile? profile, CompressOptions? options = null,
        int frameLength = ArchiveWriter.DefaultFrameLength)
    {
        options = (options ?? new CompressOptions()) with { ContentLength = content.Length };
        using var archive = new MemoryStream();
        using var writer = codec.OpenWriter(archive, options, null, frameLength, profile);
        writer.Write(content);
        writer.Complete();
        return archive.ToArray();
    }
}
