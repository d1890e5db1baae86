using System.Globalization;

namespace NacrithOnnx.Payloads;

/// <summary>Real archives at the default level, compared with xz and zstd file by file and kind by kind.</summary>
internal sealed class ArchiveTable(NacrithCodec codec)
{
    /// <summary>What an archive may be larger than the smaller of the two others.</summary>
    private const int Allowed = 24;

    private readonly SortedDictionary<string, Row> _rows = new(StringComparer.Ordinal);
    private readonly List<string> _over = [];

    /// <summary>Compresses a file, compares its content, and prints a line.</summary>
    public void Add(string file)
    {
        var content = File.ReadAllBytes(file);
        var archive = codec.Compress(content);
        if (!codec.Decompress(archive).AsSpan().SequenceEqual(content))
        {
            throw new InvalidOperationException($"{file} has changed");
        }

        var xz = Filter.Length("xz", "-9e", file);
        var zstd = Filter.Length("zstd", "--ultra -22", file);
        var smaller = Math.Min(xz, zstd);
        var name = Path.GetFileName(file);
        var set = Path.GetFileName(Path.GetDirectoryName(file));
        var line = string.Create(CultureInfo.InvariantCulture, $"{set}/{name}\t{content.Length}\t{xz}\t{zstd}\t{archive.Length}");
        Console.WriteLine(line);
        if (archive.Length > smaller + Allowed)
        {
            _over.Add(line);
        }

        string[] keys = [$"{set}: {name.Split('.')[0]}", "total"];
        foreach (var key in keys)
        {
            _rows[key] = _rows.GetValueOrDefault(key).Plus(content.Length, xz, zstd, smaller, archive.Length);
        }
    }

    /// <summary>Prints the table, and the files that are too large.</summary>
    public void Print()
    {
        Console.WriteLine("\n| | Files | Bytes | xz -9e | zstd --ultra -22 | smaller of both | nacrith -6 | |");
        Console.WriteLine("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
        foreach (var (key, row) in _rows)
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {key} | {row.Files} | {row.Bytes:N0} | {row.Xz:N0} | {row.Zstd:N0} | {row.Smaller:N0} | {row.Archive:N0} | {((double)row.Archive / row.Smaller) - 1:+0.0 %;−0.0 %} |"));
        }

        Console.WriteLine($"\n{_over.Count} files are more than {Allowed} bytes larger than the smaller of both.");
        _over.ForEach(Console.WriteLine);
    }

    private readonly record struct Row(int Files, long Bytes, long Xz, long Zstd, long Smaller, long Archive)
    {
        public Row Plus(long bytes, long xz, long zstd, long smaller, long archive) =>
            new(Files + 1, Bytes + bytes, Xz + xz, Zstd + zstd, Smaller + smaller, Archive + archive);
    }
}
