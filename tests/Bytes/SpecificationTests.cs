using NacrithOnnx.Runtime.Bytes;
using NacrithOnnx.Tests.Bytes.Independent;

namespace NacrithOnnx.Tests.Bytes;

/// <summary>
/// docs/byte-coder.md and the library agree: a decoder written from the document decodes every sample.
/// </summary>
public sealed class SpecificationTests
{
    public static TheoryData<string> Samples => [.. SampleBytes.AllNames.Where(name => name != "empty")];

    [Theory]
    [MemberData(nameof(Samples))]
    public void A_decoder_made_from_the_document_decodes(string name)
    {
        var input = SampleBytes.Get(name);
        foreach (var memoryBits in (int[])[ByteCoderSettings.MinMemoryBits, ByteCoderSettings.DefaultMemoryBits])
        {
            var payload = ByteCoder.Compress(input, new ByteCoderSettings(memoryBits));

            Assert.Equal(input, IndependentByteDecoder.Decode(payload, input.Length, memoryBits));
        }
    }
}
