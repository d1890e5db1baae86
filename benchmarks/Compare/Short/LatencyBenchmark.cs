using System.Diagnostics;
using System.Globalization;

namespace NacrithOnnx.Compare;

/// <summary>Time of one message: a call of the library after warm-up, and the whole program.</summary>
internal static class LatencyBenchmark
{
    private const int TextLength = 100;
    private const int Calls = 40;
    private const int Runs = 5;

    public static void Run(BenchmarkOptions options, TextWriter output)
    {
        var text = ShortText.Of("sms").Content[..TextLength];
        var record = ShortText.Of("json");
        output.WriteLine(Machine.Describe(options) + ".");
        output.WriteLine();
        output.Write(Library(options, text, record));
        output.WriteLine();
        output.Write(Program(options, text, record));
    }

    private static MarkdownTable Library(BenchmarkOptions options, byte[] text, ShortText record)
    {
        using var codec = new NacrithCodec(new CodecSettings(RepositoryRoot.ModelFolder, options.Threads));
        using var dictionary = new NacrithDictionary(record.Dictionary);
        var table = new MarkdownTable(
            "Call of the library, ms", "English compress", "decompress", "record with -D compress", "decompress");
        foreach (var level in options.Levels)
        {
            Console.Error.WriteLine($"level {level}");
            var plain = Call(codec, text, new MessageOptions { Level = level });
            var shared = Call(codec, record.Content, new MessageOptions { Level = level, Dictionary = dictionary });
            table.Add(
                string.Create(CultureInfo.InvariantCulture, $"level {level}"),
                Numbers.Short(plain.Compress),
                Numbers.Short(plain.Decompress),
                Numbers.Short(shared.Compress),
                Numbers.Short(shared.Decompress));
        }

        return table;
    }

    /// <summary>Milliseconds of both directions.</summary>
    private static (double Compress, double Decompress) Call(NacrithCodec codec, byte[] content, MessageOptions options)
    {
        var message = codec.CompressMessage(content, options);
        return (
            Fastest(() => codec.CompressMessage(content, options)),
            Fastest(() => codec.DecompressMessage(message, options)));
    }

    /// <summary>The fastest of many calls, because other processes only delay them.</summary>
    private static double Fastest(Action call)
    {
        var fastest = double.MaxValue;
        for (var i = 0; i < Calls; i++)
        {
            var began = Stopwatch.GetTimestamp();
            call();
            fastest = Math.Min(fastest, Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }

        return fastest;
    }

    private static MarkdownTable Program(BenchmarkOptions options, byte[] text, ShortText record)
    {
        var folder = Directory.CreateTempSubdirectory("nacrith-benchmark-");
        try
        {
            var dictionary = Path.Combine(folder.FullName, "dictionary");
            File.WriteAllBytes(dictionary, record.Dictionary);
            var table = new MarkdownTable("The program, s", "compress", "decompress");
            Add("English", text);
            Add("record with -D", record.Content, "-D", dictionary);
            return table;

            void Add(string name, byte[] content, params string[] arguments)
            {
                var times = Fastest(options, folder.FullName, content, arguments);
                table.Add(name, Numbers.Short(times.Compress), Numbers.Short(times.Decompress));
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static (double Compress, double Decompress) Fastest(
        BenchmarkOptions options, string folder, byte[] content, string[] arguments)
    {
        var (input, message, back) = (Path.Combine(folder, "input"), Path.Combine(folder, "message"), Path.Combine(folder, "back"));
        File.WriteAllBytes(input, content);
        double compress = double.MaxValue, decompress = double.MaxValue;
        for (var run = 0; run < Runs; run++)
        {
            var there = ChildRun.Start(options.Nacrith, ["--message", "-q", .. arguments], input, message);
            var home = ChildRun.Start(options.Nacrith, ["-d", "--message", "-q", .. arguments], message, back);
            compress = Math.Min(compress, there.Seconds);
            decompress = Math.Min(decompress, home.Seconds);
        }

        return File.ReadAllBytes(back).AsSpan().SequenceEqual(content)
            ? (compress, decompress)
            : throw new BenchmarkException("the program does not restore the message");
    }
}
