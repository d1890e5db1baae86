using System.IO.Compression;
using System.Text.RegularExpressions;
using NacrithOnnx.Tests.Support;

namespace NacrithOnnx.Tests.Api;

/// <summary>The examples of docs/library.md, compiled and run; a test checks that both texts are equal.</summary>
public sealed partial class LibraryExamples
{
    [Fact]
    public void The_document_shows_this_code()
    {
        var document = File.ReadAllText(Path.Combine(Repository.Root, "docs", "library.md"));
        var source = Words(File.ReadAllText(Path.Combine(Repository.Root, "tests", "Api", "LibraryExamples.cs")));
        var examples = Example().Matches(document);

        Assert.Equal(8, examples.Count);
        Assert.All(examples, example => Assert.Contains(Words(example.Groups[1].Value), source, StringComparison.Ordinal));
    }

    [Fact]
    public void A_codec_is_opened()
    {
        var modelFolder = TinyModel.Codec.Folder;

        using var codec = new NacrithCodec(new CodecSettings(modelFolder));

        Assert.Equal(ApiSamples.Codec.Identity, codec.Identity);
    }

    [Fact]
    public async Task A_stream_is_compressed_into_another()
    {
        var codec = ApiSamples.Codec;
        using var content = new MemoryStream(ApiSamples.Text);
        using var archive = new MemoryStream();
        var cancel = CancellationToken.None;

        await codec.CompressAsync(content, archive, cancel: cancel);

        Assert.Equal(ApiSamples.Text, codec.Decompress(archive.ToArray()));
    }

    [Fact]
    public void Content_in_memory_survives_a_round_trip()
    {
        var codec = ApiSamples.Codec;
        var content = ApiSamples.Text;

        var archive = codec.Compress(content, new CompressOptions { Level = 9 });
        var back = codec.Decompress(archive, new DecompressOptions { MaxOutput = 100_000_000 });

        Assert.Equal(content, back);
    }

    [Fact]
    public async Task A_file_is_written_and_read_in_the_middle()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("example.ncx");
        await WriteAsync(ApiSamples.Codec, new MemoryStream(ApiSamples.Noise(1000)), path, CancellationToken.None);
        var buffer = new byte[10];

        Assert.Equal(10, ReadMiddle(ApiSamples.Codec, path, buffer));
        Assert.Equal(ApiSamples.Noise(1000)[500..510], buffer);
    }

    [Fact]
    public void A_message_survives_a_round_trip()
    {
        var codec = ApiSamples.Codec;
        var content = ApiSamples.Text;

        var message = codec.CompressMessage(content);
        var back = codec.DecompressMessage(message);

        Assert.Equal(content, back);
    }

    [Fact]
    public void A_message_is_shorter_after_a_dictionary()
    {
        var codec = ApiSamples.Codec;
        var samples = ApiSamples.Text;
        var record = samples.AsSpan(0, 100).ToArray();

        using var dictionary = new NacrithDictionary(samples);
        var options = new MessageOptions { Dictionary = dictionary };
        var message = codec.CompressMessage(record, options);
        var archive = codec.Compress(record, new CompressOptions { Dictionary = dictionary });
        var back = codec.Decompress(archive, new DecompressOptions { Dictionary = dictionary });

        Assert.Equal(record, back);
        Assert.Equal(record, codec.DecompressMessage(message, options));
        Assert.True(message.Length < codec.CompressMessage(record).Length);
        Assert.Equal(64, dictionary.Sha256.Length);
    }

    [Fact]
    public void Another_model_is_reported()
    {
        using var other = new NacrithCodec(new CodecSettings(TinyModel.Other.Folder, 1) { TriesCoders = false });
        var archive = ApiSamples.Codec.Compress(ApiSamples.Text);

        Assert.Equal(ApiSamples.Text, Restore(ApiSamples.Codec, archive));
        Assert.Throws<IOException>(() => Restore(other, archive));
    }

    private static async Task WriteAsync(NacrithCodec codec, Stream content, string path, CancellationToken cancel)
    {
        await using (var stream = new NacrithStream(File.Create(path), codec, CompressionMode.Compress))
        {
            await content.CopyToAsync(stream, cancel);
            await stream.CompleteAsync(cancel);
        }
    }

    private static int ReadMiddle(NacrithCodec codec, string path, byte[] buffer)
    {
        using var stream = new NacrithStream(File.OpenRead(path), codec, CompressionMode.Decompress);
        stream.Position = stream.Length / 2;
        var count = stream.Read(buffer);

        return count;
    }

    private static byte[] Restore(NacrithCodec codec, byte[] archive)
    {
        try
        {
            return codec.Decompress(archive);
        }
        catch (NacrithException exception) when (exception.Code == NacrithErrorCode.ModelMismatch)
        {
            throw new IOException("This archive needs another model.", exception);
        }
    }

    private static string Words(string text) => Spaces().Replace(text, " ").Trim();

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Example();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
