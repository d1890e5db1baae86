using NacrithOnnx.Cli.Files;

namespace NacrithOnnx.Cli.Arguments;

/// <summary>What the command line and the environment ask for.</summary>
internal sealed record CommandLineOptions
{
    /// <summary>Name that stands for standard input or standard output.</summary>
    public const string Standard = "-";

    public Mode Mode { get; init; }

    /// <summary>Inputs in order; standard input if there are none.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    /// <summary>Every file that is read, which no output may replace.</summary>
    public IEnumerable<string> FilesRead
    {
        get
        {
            string?[] others = [Dictionary, Content];
            return Files.Where(name => name != Standard).Concat(others.OfType<string>());
        }
    }

    public bool ToStandardOutput { get; init; }

    public string? Output { get; init; }

    /// <summary>Where a page goes that shows where the bits went; null if none is wanted.</summary>
    public string? Report { get; init; }

    public bool Force { get; init; }

    /// <summary>Whether archives and messages are text.</summary>
    public bool Armor { get; init; }

    /// <summary>Whether a folder stands for the files in it.</summary>
    public bool Recursive { get; init; }

    public bool RemoveSource { get; init; }

    public bool Verify { get; init; }

    public int Level { get; init; } = CompressOptions.DefaultLevel;

    /// <summary>Threads; 0 for one per processor.</summary>
    public int Threads { get; init; }

    /// <summary>Frames coded at the same time; 0 for as many as are worthwhile.</summary>
    public int Workers { get; init; }

    /// <summary>Where the model runs; see <see cref="DeviceSetting"/>.</summary>
    public string Device { get; init; } = "auto";

    /// <summary>-q count.</summary>
    public int Quiet { get; init; }

    /// <summary>-v count.</summary>
    public int Verbose { get; init; }

    public bool NoProgress { get; init; }

    public bool Json { get; init; }

    /// <summary>Whether messages take the place of archives.</summary>
    public bool Message { get; init; }

    /// <summary>Names of what is made.</summary>
    public ArchiveName Names => Message ? ArchiveName.Message : ArchiveName.Archive;

    /// <summary>Bytes of a message's check; null if not given.</summary>
    public int? CheckLength { get; init; }

    /// <summary>File of the dictionary.</summary>
    public string? Dictionary { get; init; }

    public ByteRange? Range { get; init; }

    /// <summary>Which part of the work to do: I/N or auto; null for all. See <see cref="PartOfWhole"/>.</summary>
    public string? Part { get; init; }

    /// <summary>The content that parts are joined with.</summary>
    public string? Content { get; init; }

    public long MaxOutput { get; init; } = long.MaxValue;

    public long? MemoryLimit { get; init; }

    public bool IgnoreTrailing { get; init; }

    public string? ModelFolder { get; init; }
}
