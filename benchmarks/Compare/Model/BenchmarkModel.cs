using System.Buffers;
using NacrithOnnx.Runtime.Model;
using NacrithOnnx.Runtime.Predict;

namespace NacrithOnnx.Compare;

/// <summary>The model of the repository with one plan, and its benchmark text.</summary>
/// <param name="plan">Plan of the arithmetic.</param>
/// <param name="threads">Its threads.</param>
/// <param name="calls">See <see cref="LoadedModel.Open"/>.</param>
internal sealed class BenchmarkModel(string plan, int threads, int calls = int.MaxValue) : IDisposable
{
    /// <summary>Plans of the arithmetic, as the manifest names them.</summary>
    public static readonly string[] Plans = ["fast", "precise"];

    private const string TextName = "alice29.txt";

    private readonly LoadedModel _loaded = LoadedModel.Open(
        new ModelFolder(RepositoryRoot.ModelFolder), new ArithmeticPlan(plan), threads, ModelDevices.Cpu, calls);

    public ILanguageModel Model => _loaded.Model;

    /// <summary>Tokens of the first bytes of the text.</summary>
    public static int[] Tokens(int bytes)
    {
        var text = File.ReadAllBytes(Path.Combine(RepositoryRoot.Path, "tests", "texts", TextName));
        var tokens = new ArrayBufferWriter<int>();
        new ModelFolder(RepositoryRoot.ModelFolder).Tokenizer().Encode(text.AsSpan(0, Math.Min(bytes, text.Length)), tokens);
        return tokens.WrittenSpan.ToArray();
    }

    public void Dispose() => _loaded.Dispose();
}
