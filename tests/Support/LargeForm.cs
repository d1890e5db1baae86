using NacrithOnnx.Format;

namespace NacrithOnnx.Tests.Support;

/// <summary>The large form of archives of one frame, which the writer only makes if more frames may follow.</summary>
internal static class LargeForm
{
    /// <summary>Writes a small archive in the large form.</summary>
    /// <param name="archive">A small archive.</param>
    /// <param name="content">Its content.</param>
    /// <param name="change">Changes the header, or null.</param>
    public static byte[] Of(byte[] archive, byte[] content, Func<ArchiveHeader, ArchiveHeader>? change = null)
    {
        using var reader = new ContainerReader(new MemoryStream(archive));
        Assert.True(reader.TryReadArchive(out var header));
        Assert.True(reader.TryReadDataFrame(out var frame));
        var head = frame.Body.Head;
        header = header with { IsSmall = false, OriginalLength = null, Level = 6 };
        header = change?.Invoke(header) ?? header;
        using var stream = new MemoryStream();
        using var writer = new ContainerWriter(stream, withIndex: false);
        writer.WriteHeader(header);
        writer.WriteFrame(new()
        {
            Original = content,
            Regions = head.Regions,
            Profile = header.Profile,
            HasDictionary = header.Dictionary is not null,
            TokenCount = head.TokenCount,
            IsPrimed = head.IsPrimed,
            TextPayload = frame.Body.TextPayload.Span,
            BytesPayload = frame.Body.BytesPayload.Span,
        });
        writer.Flush();
        writer.WriteEnd();
        return stream.ToArray();
    }
}
