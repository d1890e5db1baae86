using NacrithOnnx.Export.Onnx;

namespace NacrithOnnx.Tests.Export;

public sealed class OnnxExternalDataWriterTests
{
    private const int Page = (int)ExternalDataWriter.Alignment;

    // Longer than half a file, so that two do not fit one.
    private static readonly byte[] Large = new byte[50_000_000];

    [Fact]
    public void Tensors_begin_at_the_alignment_and_zeros_lie_between()
    {
        var files = new Dictionary<string, MemoryStream>();
        using (var writer = new ExternalDataWriter(name => files[name] = new MemoryStream()))
        {
            Assert.Equal(new ExternalData("model.data.0", 0, 3), writer.Append<byte>([1, 2, 3]));
            Assert.Equal(new ExternalData("model.data.0", Page, 8), writer.Append<int>([-1, 258]));
        }

        var bytes = files["model.data.0"].ToArray();
        Assert.Equal(Page + 8, bytes.Length);
        Assert.Equal([1, 2, 3], bytes[..3]);
        Assert.All(bytes[3..Page], value => Assert.Equal(0, value));
        Assert.Equal([0xFF, 0xFF, 0xFF, 0xFF, 2, 1, 0, 0], bytes[Page..]);
    }

    [Fact]
    public void A_tensor_that_does_not_fit_begins_the_next_file()
    {
        using var writer = new ExternalDataWriter(_ => Stream.Null);

        writer.Append<byte>(Large);
        Assert.Equal(new ExternalData("model.data.1", 0, Large.Length), writer.Append<byte>(Large));

        // The rest of the second file, up to one byte below the limit, from the next page on.
        const long Start = (50_000_000 + Page - 1) / Page * Page;
        var rest = (int)(ExternalDataWriter.MaxFileBytes - 1 - Start);
        Assert.Equal(new ExternalData("model.data.1", Start, rest), writer.Append<byte>(Large.AsSpan(0, rest)));
        Assert.Equal(new ExternalData("model.data.2", 0, 1), writer.Append<byte>([1]));
        Assert.Equal(["model.data.0", "model.data.1", "model.data.2"], writer.Files);
    }

    [Fact]
    public void A_tensor_larger_than_any_file_has_one_of_its_own()
    {
        using var writer = new ExternalDataWriter(_ => Stream.Null);
        var huge = new byte[ExternalDataWriter.MaxFileBytes];

        writer.Append<byte>([1]);
        Assert.Equal(new ExternalData("model.data.1", 0, huge.Length), writer.Append<byte>(huge));
        Assert.Equal(new ExternalData("model.data.2", 0, 1), writer.Append<byte>([1]));
    }
}
