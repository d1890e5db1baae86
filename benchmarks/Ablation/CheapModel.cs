namespace NacrithOnnx.Ablation;

/// <summary>
/// A substitute for the language model where it is skipped: for each of the last 1 to 8 tokens, the token that followed
/// them last time, with a confidence learned from how often such guesses were correct.
/// </summary>
internal sealed class CheapModel
{
    private const int Orders = 8;
    private const int Runs = 16;

    private readonly Dictionary<(int Order, ulong Hash), (int Token, int Run)> _successors = [];
    private readonly int[,] _hits = new int[Orders + 1, Runs];
    private readonly int[,] _visits = new int[Orders + 1, Runs];
    private readonly List<int>[] _histories;

    internal CheapModel(int streams)
    {
        _histories = new List<int>[streams];
        for (var stream = 0; stream < streams; stream++)
        {
            _histories[stream] = [];
        }
    }

    /// <summary>The most confident guess for a lane's next token, or a confidence of 0.</summary>
    internal (int Token, double Confidence) Guess(int stream)
    {
        (int Token, double Confidence) best = (-1, 0);
        foreach (var context in Contexts(stream))
        {
            if (_successors.TryGetValue(context, out var successor))
            {
                var run = Math.Min(successor.Run, Runs - 1);
                // Krichevsky-Trofimov: never 0 or 1.
                var confidence = (_hits[context.Order, run] + 0.5) / (_visits[context.Order, run] + 1.0);
                best = confidence > best.Confidence ? (successor.Token, confidence) : best;
            }
        }

        return best;
    }

    /// <summary>Learns the actual token.</summary>
    internal void Update(int stream, int token)
    {
        foreach (var context in Contexts(stream))
        {
            var hit = false;
            if (_successors.TryGetValue(context, out var successor))
            {
                var run = Math.Min(successor.Run, Runs - 1);
                hit = successor.Token == token;
                _visits[context.Order, run]++;
                _hits[context.Order, run] += hit ? 1 : 0;
            }

            _successors[context] = (token, hit ? successor.Run + 1 : 0);
        }

        _histories[stream].Add(token);
    }

    private IEnumerable<(int Order, ulong Hash)> Contexts(int stream)
    {
        var history = _histories[stream];
        ulong hash = 0;
        for (var order = 1; order <= Math.Min(Orders, history.Count); order++)
        {
            hash = unchecked((hash + (ulong)history[^order] + 1) * 0x9E3779B97F4A7C15);
            hash ^= hash >> 29;
            yield return (order, hash);
        }
    }
}
