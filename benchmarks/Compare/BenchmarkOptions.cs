using System.Globalization;

namespace NacrithOnnx.Compare;

/// <summary>The command line.</summary>
internal sealed record BenchmarkOptions
{
    public const string Usage =
        """
        usage: dotnet run -c Release --project benchmarks/Compare -- [OPTION]...
          --texts PATH...    files, or folders of files (default: tests/texts)
          --levels 6,7,9     levels of nacrith
          --out FOLDER       where the results go (default: benchmarks/results)
          --add              keep the results of the folder that are not measured again
          --nacrith FILE     the program (default: the one built with this benchmark)
          --first BYTES      only the beginning of each text
          --date TEXT        printed above the results
          --threads N        threads of nacrith and of the model (default: all cores)
          --model-only       size that the language model alone gives, compared with float32
          --throughput       tokens per second of the model, compared with its bare matrix products
          --roofline         the same, and with what the machine's memory and arithmetic allow
          --short-texts      sizes of short texts as messages and archives, with and without a dictionary
          --latency          time of a message in the library and with the program
          --gpu N            check GPU N against the CPU, and measure the model on it (build with -p:Cuda=true)
        """;

    private static readonly string DefaultNacrith = Path.Combine(
        RepositoryRoot.Path, "src", "Cli", "bin", Configuration, "net10.0", OperatingSystem.IsWindows() ? "nacrith.exe" : "nacrith");

    public BenchmarkMode Mode { get; init; }

    public IReadOnlyList<string> Texts { get; init; } = [Path.Combine(RepositoryRoot.Path, "tests", "texts")];

    public IReadOnlyList<int> Levels { get; init; } = [6, 7, 9];

    public string Out { get; init; } = Path.Combine(RepositoryRoot.Path, "benchmarks", "results");

    public bool Add { get; init; }

    public bool Roofline { get; init; }

    public string Nacrith { get; init; } = DefaultNacrith;

    public int? First { get; init; }

    public string? Date { get; init; }

    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>Number of the GPU to measure.</summary>
    public int Gpu { get; init; }

    private static string Configuration =>
#if DEBUG
        "Debug";
#else
        "Release";
#endif

    /// <exception cref="BenchmarkException">An option is unknown or lacks a value.</exception>
    public static BenchmarkOptions Parse(ReadOnlySpan<string> arguments)
    {
        var options = new BenchmarkOptions();
        for (var i = 0; i < arguments.Length; i++)
        {
            var rest = arguments[(i + 1)..];
            switch (arguments[i])
            {
                case "--model-only":
                    options = options with { Mode = BenchmarkMode.ModelOnly };
                    continue;
                case "--throughput":
                    options = options with { Mode = BenchmarkMode.Throughput };
                    continue;
                case "--roofline":
                    options = options with { Mode = BenchmarkMode.Throughput, Roofline = true };
                    continue;
                case "--short-texts":
                    options = options with { Mode = BenchmarkMode.ShortTexts };
                    continue;
                case "--latency":
                    options = options with { Mode = BenchmarkMode.Latency };
                    continue;
                case "--add":
                    options = options with { Add = true };
                    continue;
                case "--texts":
                    var count = 0;
                    while (count < rest.Length && !rest[count].StartsWith('-'))
                    {
                        count++;
                    }

                    Value(rest, arguments[i]);
                    options = options with { Texts = rest[..count].ToArray() };
                    i += count;
                    continue;
                case "--levels":
                    options = options with { Levels = Array.ConvertAll(Value(rest, arguments[i]).Split(','), Level) };
                    break;
                case "--out":
                    options = options with { Out = Value(rest, arguments[i]) };
                    break;
                case "--nacrith":
                    options = options with { Nacrith = Path.GetFullPath(Value(rest, arguments[i])) };
                    break;
                case "--first":
                    options = options with { First = Number(Value(rest, arguments[i]), 1, int.MaxValue) };
                    break;
                case "--date":
                    options = options with { Date = Value(rest, arguments[i]) };
                    break;
                case "--gpu":
                    options = options with { Mode = BenchmarkMode.Gpu, Gpu = Number(Value(rest, arguments[i]), 0, 63) };
                    break;
                case "--threads":
                    options = options with { Threads = Number(Value(rest, arguments[i]), 1, 1024) };
                    break;
                default:
                    throw new BenchmarkException($"there is no option {arguments[i]}\n{Usage}");
            }

            i++;
        }

        return options;
    }

    private static string Value(ReadOnlySpan<string> rest, string option) =>
        rest.Length > 0 && !rest[0].StartsWith('-')
            ? rest[0]
            : throw new BenchmarkException($"{option} needs a value\n{Usage}");

    private static int Level(string text) => Number(text, 1, 9);

    private static int Number(string text, int low, int high) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= low && value <= high
            ? value
            : throw new BenchmarkException($"{text} is not a number from {low} to {high}\n{Usage}");
}
