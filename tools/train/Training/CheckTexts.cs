using System.Globalization;
using NacrithOnnx.Runtime.Tokenize;
using NacrithOnnx.Train.Model;
using NacrithOnnx.Train.Texts;

namespace NacrithOnnx.Train.Training;

/// <summary>Measures what texts that are not trained on cost: the language model alone, in bits per byte, kind by kind.</summary>
internal sealed class CheckTexts
{
    /// <summary>Tokens read in one window, as at level 1.</summary>
    private const int WindowTokens = 1023;

    private readonly (string Kind, int Bytes, int[][] Windows)[] _kinds;

    /// <summary>Chooses windows, evenly spread over the texts of each kind.</summary>
    /// <param name="corpus">The texts.</param>
    /// <param name="tokenizer">Knows the bytes of tokens.</param>
    /// <param name="positions">Positions of the model.</param>
    /// <param name="tokensOfKind">Tokens to read of each kind, about.</param>
    public CheckTexts(Corpus corpus, Tokenizer tokenizer, int positions, int tokensOfKind)
    {
        var length = Math.Min(WindowTokens, positions);
        _kinds = [.. corpus.Kinds.Select(kind =>
        {
            int[][] all = [.. corpus.Documents.Where(document => document.Kind == kind)
                .SelectMany(document => document.Tokens.Chunk(length))];
            var windows = Spread(all, Math.Max(1, tokensOfKind / length));

            // The escape of a byte without a token counts as the bytes of its name: there are next to none in text.
            var bytes = windows.Sum(window => window.Sum(token => tokenizer.Bytes(token).Length));
            return (kind, bytes, windows);
        })];
    }

    /// <summary>Windows of all kinds.</summary>
    public IEnumerable<int[]> Windows => _kinds.SelectMany(kind => kind.Windows);

    /// <summary>Measures all kinds.</summary>
    /// <returns>A line such as <c>books-en 0.9812  code 0.7003  all 0.8214</c>; all: of all bytes together.</returns>
    public string Measure(TokenLoss loss, IMatrixInputs inputs)
    {
        var figures = new List<string>();
        var totalBits = 0.0;
        foreach (var (kind, bytes, windows) in _kinds)
        {
            var bits = windows.Sum(window => loss.Measure(window, inputs)) / Math.Log(2);
            totalBits += bits;
            figures.Add(Figure(kind, bits / bytes));
        }

        return string.Join("  ", [.. figures, Figure("all", totalBits / _kinds.Sum(kind => (long)kind.Bytes))]);
    }

    private static int[][] Spread(int[][] windows, int count)
    {
        count = Math.Min(count, windows.Length);
        return [.. Enumerable.Range(0, count).Select(i => windows[(int)((long)i * windows.Length / count)])];
    }

    private static string Figure(string kind, double bitsPerByte) =>
        $"{kind} {bitsPerByte.ToString("f4", CultureInfo.InvariantCulture)}";
}
