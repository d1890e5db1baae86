using System.Buffers;
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
        var output = new ArrayBufferWriter<byte>();
        SmallArchiveWriter.Write(output, sample.Content, Model, Dictionary);
        return output.WrittenSpan.ToArray();
    }

    public static BodySample Stored(int length) => new(
        BodyContainer.SmallArchive, new byte[length], length == 0 ? [] : [new(RegionKind.Stored, 0, length)]);
}
