using NacrithOnnx.Format;
using NacrithOnnx.Tests.Format.Body;

namespace NacrithOnnx.Tests.Format.Small;

/// <summary>Small archives of every shape.</summary>
internal static class SmallArchiveSample
{
    public static HashPrefix Model { get; } = new(0x01234567);

    public static HashPrefix Dictionary { get; } = new(0x89ABCDEF);

    public static IEnumerable<BodySample> All() =>
        BodySample.All().Where(sample => sample.Container == BodyContainer.SmallArchive);

    public static byte[] Write(BodySample sample)
    {
        using var stream = new MemoryStream();
        using var writer = new ContainerWriter(stream);
        writer.WriteHeader(Header(sample));
        if (sample.Original.Length > 0)
        {
            writer.WriteFrame(sample.Content);
        }

        writer.WriteEnd();
        return stream.ToArray();
    }

    /// <summary>What a large archive would say of a sample.</summary>
    public static ArchiveHeader Header(BodySample sample) =>
        new() { Model = Model, Dictionary = sample.HasDictionary ? Dictionary : null, Profile = sample.Content.Profile };

    /// <summary>The only frame of an archive, after other bytes.</summary>
    public static (ArchiveHeader Header, DataFrame Frame) Read(byte[] archive)
    {
        using var reader = new ContainerReader(new MemoryStream(archive));
        Assert.True(reader.TryReadArchive(out var header));
        Assert.True(reader.TryReadDataFrame(out var frame));
        return (header, frame);
    }

    public static BodySample Stored(int length) => new(
        BodyContainer.SmallArchive, new byte[length], length == 0 ? [] : [new(RegionKind.Stored, 0, length)]);
}
