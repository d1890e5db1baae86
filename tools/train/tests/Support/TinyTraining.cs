using NacrithOnnx.Export.Weights;
using NacrithOnnx.Runtime.Tokenize;
using NacrithOnnx.Train.Files;
using NacrithOnnx.Train.Model;
using NacrithOnnx.Train.Training;

namespace NacrithOnnx.Train.Tests.Support;

/// <summary>A folder with small weights and texts, and jobs that train on them.</summary>
internal sealed class TinyTraining : IDisposable
{
    /// <summary>Of each text: two or three chunks, learned by heart in a few passes.</summary>
    private const int TextBytes = 1200;

    private readonly TemporaryFolder _folder = new();

    public TinyTraining()
    {
        Directory.CreateDirectory(Model);
        using (var weights = new LlamaWeights(new RandomWeights(RandomWeights.WithRealVocabulary, 1)))
        {
            ModelFolder.Write(Model, weights, WeightType.F32);
        }

        // The compressor takes sentences that repeat themselves for data, so these are real ones.
        foreach (var name in (string[])["README.md", "docs/architecture.md"])
        {
            Write("prose", Path.GetFileName(name), Beginning(name));
        }

        Write("code", "a.cs", Beginning("tools/train/Model/LlamaModel.cs"));
    }

    public static string TokenizerPath { get; } = Path.Combine(Repository.Root, "models", "onnx", "tokenizer.bin");

    public static Tokenizer Tokenizer { get; } = Tokenizer.Load(File.ReadAllBytes(TokenizerPath));

    public string Model => _folder.File("model");

    public string Weights => Path.Combine(Model, ModelFolder.WeightsName);

    public string Texts => _folder.File("texts");

    public string Folder(string name) => _folder.File(name);

    /// <summary>The first bytes of a file of the repository.</summary>
    public static byte[] Beginning(string name)
    {
        using var file = File.OpenRead(Path.Combine(Repository.Root, name));
        var text = new byte[TextBytes];
        file.ReadExactly(text);
        return text;
    }

    public void Write(string kind, string name, byte[] content)
    {
        Directory.CreateDirectory(Path.Combine(Texts, kind));
        File.WriteAllBytes(Path.Combine(Texts, kind, name), content);
    }

    /// <summary>A job that learns about <paramref name="tokens"/> tokens, 128 and more a step.</summary>
    public TrainingJob Job(string run, long tokens, TextWriter? log = null) => new()
    {
        Weights = Weights,
        Tokenizer = Tokenizer,
        Texts = Texts,
        Run = Folder(run),
        Lengths = "64=1,96=1",
        Settings = Settings(tokens),
        Log = log ?? TextWriter.Null,
    };

    public static TrainSettings Settings(long tokens) => new()
    {
        Schedule = new RateSchedule(3e-3, 300, tokens, 0),
        BatchTokens = 128,
        WeightDecay = 0,
        MaxNorm = 1,
        CheckpointInterval = TimeSpan.FromDays(1),
        CheckInterval = 1_000_000,
    };

    /// <summary>The files of a run's last checkpoint that a later step depends on.</summary>
    public byte[][] LastCheckpoint(string run)
    {
        var last = Directory.GetDirectories(Folder(run), "checkpoint-*").Order(StringComparer.Ordinal).Last();
        return [.. Directory.GetFiles(last).Order(StringComparer.Ordinal).Select(File.ReadAllBytes)];
    }

    public void Dispose() => _folder.Dispose();
}
