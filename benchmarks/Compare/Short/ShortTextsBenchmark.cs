using NacrithOnnx.Format;

namespace NacrithOnnx.Compare;

/// <summary>Short texts of twenty kinds: as messages and archives, with and without a dictionary, beside other compressors.</summary>
internal static class ShortTextsBenchmark
{
    public static void Run(BenchmarkOptions options, TextWriter output)
    {
        using var codec = new NacrithCodec(new CodecSettings(RepositoryRoot.ModelFolder, options.Threads));
        using var peers = new PeerSizes();
        var table = new MarkdownTable(
        [
            "Text", "Bytes", "Message", "with -D", "Archive", "with -D", "Message -a", "Archive -a", .. PeerSizes.Names,
        ]);
        var sums = new long?[table.Columns - 1];
        Array.Fill(sums, 0);
        var texts = ShortText.All();
        foreach (var text in texts)
        {
            Console.Error.WriteLine(text.Kind);
            var sizes = Sizes(codec, text).Concat(peers.Measure(text)).ToArray();
            table.Add([text.Kind, .. sizes.Select(Cell)]);
            for (var i = 0; i < sums.Length; i++)
            {
                sums[i] += sizes[i];
            }
        }

        table.Add([$"{texts.Count} texts", .. sums.Select(Cell)]);
        output.Write(table);
    }

    /// <summary>Bytes of a text in each of our forms, and characters of the text forms; each must be read back.</summary>
    private static long?[] Sizes(NacrithCodec codec, ShortText text)
    {
        using var dictionary = new NacrithDictionary(text.Dictionary);
        var shared = new MessageOptions { Dictionary = dictionary };
        var message = codec.CompressMessage(text.Content);
        var small = codec.CompressMessage(text.Content, shared);
        var archive = codec.Compress(text.Content);
        var smallArchive = codec.Compress(text.Content, new CompressOptions { Dictionary = dictionary });
        Check(text, codec.DecompressMessage(message));
        Check(text, codec.DecompressMessage(small, shared));
        Check(text, codec.Decompress(archive));
        Check(text, codec.Decompress(smallArchive, new DecompressOptions { Dictionary = dictionary }));
        return
        [
            text.Content.Length, message.Length, small.Length, archive.Length, smallArchive.Length,
            Armor.EncodeMessage(message).Length, Armor.EncodeArchive(archive).Length,
        ];
    }

    private static void Check(ShortText text, byte[] restored)
    {
        if (!restored.AsSpan().SequenceEqual(text.Content))
        {
            throw new BenchmarkException($"the text {text.Kind} is not restored");
        }
    }

    private static string Cell(long? size) => size is { } bytes ? Numbers.Whole(bytes) : "–";
}
