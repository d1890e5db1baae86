using NacrithOnnx.Tests.Golden;
using Xunit.Abstractions;

namespace NacrithOnnx.Tests.Message;

/// <summary>What messages are for: sizes with the model of the repository.</summary>
public sealed class MessageSizeTests(ITestOutputHelper output) : IDisposable
{
    private readonly NacrithCodec _codec = new(new CodecSettings(RealModel.Folder, 2));

    public void Dispose() => _codec.Dispose();

    [Fact]
    public void Short_texts_are_smaller_than_they_are()
    {
        foreach (var (kind, text) in MessageSamples.Texts)
        {
            var content = MessageSamples.Bytes(text);
            var message = _codec.CompressMessage(content);
            output.WriteLine($"{kind}: {content.Length} bytes, as a message {message.Length}");

            Assert.Equal(content, _codec.DecompressMessage(message));
            var percent = kind.StartsWith("sms", StringComparison.Ordinal) ? 30 : 60;
            Assert.True(100 * message.Length <= percent * content.Length, $"{kind}: {message.Length} of {content.Length}");
        }
    }

    [Fact]
    public void Short_texts_are_never_stored_in_an_archive()
    {
        foreach (var (kind, text) in MessageSamples.Texts)
        {
            var content = MessageSamples.Bytes(text);
            var archive = _codec.Compress(content);
            output.WriteLine($"{kind}: {content.Length} bytes, as an archive {archive.Length}");

            Assert.Equal(content, _codec.Decompress(archive));
            var percent = kind.StartsWith("sms", StringComparison.Ordinal) ? 45 : 65;
            Assert.True(100 * archive.Length <= percent * content.Length, $"{kind}: {archive.Length} of {content.Length}");
        }
    }

    [Fact]
    public void A_record_after_a_dictionary_of_records_takes_a_few_bytes()
    {
        var records = MessageSamples.Records(25);
        using var dictionary = new NacrithDictionary(MessageSamples.Bytes(string.Join('\n', records[..24]) + "\n"));
        var options = new MessageOptions { Dictionary = dictionary };
        var content = MessageSamples.Bytes(records[24]);

        var message = _codec.CompressMessage(content, options);
        output.WriteLine(
            $"{content.Length} bytes: {_codec.CompressMessage(content).Length} without a dictionary, {message.Length} with it");

        Assert.Equal(content, _codec.DecompressMessage(message, options));
        Assert.InRange(message.Length, 1, 13);
    }
}
