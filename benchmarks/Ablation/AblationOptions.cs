using System.Globalization;
using NacrithOnnx.Runtime.Mix;

namespace NacrithOnnx.Ablation;

/// <summary>The options of the command line.</summary>
internal sealed class AblationOptions
{
    internal const string Usage =
        "usage: ablation [--level L] [--streams S] [--primer P] [--first BYTES] [--threads N] [--model FOLDER] [--only PART]\n"
        + "                [--set Name=Value]... [--tokens N] [--record FILE] [--trial skip|guess|cdf] TEXT|FILE.rows...";

    internal int Level { get; private set; } = 6;

    /// <summary>Lanes, or 0 for the number that the level uses.</summary>
    internal int Streams { get; private set; }

    /// <summary>Tokens that precede every lane; null for the number that the level uses.</summary>
    internal int? Primer { get; private set; }

    internal int First { get; private set; } = int.MaxValue;

    /// <summary>Most tokens of a recording.</summary>
    internal int Tokens { get; private set; } = int.MaxValue;

    internal int Threads { get; private set; } = Environment.ProcessorCount;

    internal string ModelFolder { get; private set; } = Path.Combine("models", "onnx");

    internal string? Only { get; private set; }

    /// <summary>Runs this instead of measuring the parts; see <see cref="IRowTrial"/>.</summary>
    internal Func<IRowSource, PredictorSettings, IRowTrial>? Trial { get; private set; }

    internal string? Record { get; private set; }

    internal PredictorSettings Settings { get; private set; } = PredictorSettings.Ensemble;

    internal List<(string Name, PredictorSettings Settings)> Variants { get; } = [];

    internal List<string> Files { get; } = [];

    internal static AblationOptions Parse(string[] args)
    {
        var options = new AblationOptions();
        var rest = new Queue<string>(args);
        while (rest.TryDequeue(out var arg))
        {
            if (arg.StartsWith("--", StringComparison.Ordinal))
            {
                options.Set(arg, rest.TryDequeue(out var value) ? value : throw new ArgumentException($"{arg} lacks a value."));
            }
            else
            {
                options.Files.Add(arg);
            }
        }

        return options.Files.Count > 0 ? options : throw new ArgumentException("No file is given.");
    }

    private void Set(string name, string value)
    {
        switch (name)
        {
            case "--level":
                Level = Number(value);
                break;
            case "--streams":
                Streams = Number(value);
                break;
            case "--primer":
                Primer = Number(value);
                break;
            case "--first":
                First = Number(value);
                break;
            case "--tokens":
                Tokens = Number(value);
                break;
            case "--threads":
                Threads = Number(value);
                break;
            case "--model":
                ModelFolder = value;
                break;
            case "--only":
                Only = value;
                break;
            case "--variant":
                Variants.Add((value, value.Split(',', StringSplitOptions.RemoveEmptyEntries).Aggregate(Settings, SettingsText.With)));
                break;
            case "--trial":
                Trial = TrialNamed(value);
                break;
            case "--record":
                Record = value;
                break;
            case "--set":
                Settings = SettingsText.With(Settings, value);
                break;
            default:
                throw new ArgumentException($"Unknown option: {name}.");
        }
    }

    private static Func<IRowSource, PredictorSettings, IRowTrial> TrialNamed(string name) => name switch
    {
        "skip" => (source, settings) => new SkipTrial(source, settings),
        "guess" => (source, settings) => new GuessTrial(source, settings),
        "cdf" => (source, _) => new CdfTrial(source),
        _ => throw new ArgumentException($"Unknown trial: {name}."),
    };

    private static int Number(string value) => int.Parse(value, CultureInfo.InvariantCulture);
}
