using System.Globalization;

namespace NacrithOnnx.Compare;

/// <summary>The programs to compare: nacrith at some levels, and its alternatives at their best.</summary>
internal sealed class CompressorList
{
    private readonly List<Compressor> _found = [];
    private readonly List<string> _missing = [];

    public CompressorList(BenchmarkOptions options)
    {
        if (!File.Exists(options.Nacrith))
        {
            throw new BenchmarkException($"there is no program {options.Nacrith}; build src/Cli or name one with --nacrith");
        }

        var threads = string.Create(CultureInfo.InvariantCulture, $"-T{options.Threads}");
        foreach (var level in options.Levels)
        {
            var flag = string.Create(CultureInfo.InvariantCulture, $"-{level}");
            _found.Add(new($"nacrith {flag}", options.Nacrith, ["-c", "-q", threads, flag], ["-d", "-c", "-q", threads], Ours: true));
        }

        Add("xz -9e", "xz", ["-9e", "-c"]);
        Add("zstd -19", "zstd", ["-19", "-q", "-c"], "-q");
        if (!Add("brotli -q 11", "brotli", ["-q", "11", "-c"]))
        {
            _found.Add(new(
                "brotli -q 11 (.NET)", Environment.ProcessPath!, BrotliFilter.Arguments(BrotliFilter.Compress),
                BrotliFilter.Arguments(BrotliFilter.Decompress), Ours: false));
        }

        Add("bzip2 -9", "bzip2", ["-9", "-c"]);
        Add("gzip -9", "gzip", ["-9", "-c"]);
    }

    public IReadOnlyList<Compressor> Found => _found;

    /// <summary>Programs that are not installed.</summary>
    public IReadOnlyList<string> Missing => _missing;

    private bool Add(string name, string program, string[] compress, params string[] decompress)
    {
        if (ProgramPath.Find(program) is not { } path)
        {
            _missing.Add(program);
            return false;
        }

        _found.Add(new(name, path, compress, ["-d", "-c", .. decompress], Ours: false));
        return true;
    }
}
