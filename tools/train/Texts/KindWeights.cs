using NacrithOnnx.Format;

namespace NacrithOnnx.Train.Texts;

/// <summary>How often the chunks of each kind come in one pass through the texts: once, where nothing else is said.</summary>
internal sealed class KindWeights
{
    /// <summary>A kind that comes more often is no longer a mix.</summary>
    private const double MaxWeight = 100;

    private readonly IReadOnlyDictionary<string, double> _weights;

    /// <summary>Reads a list such as <c>books-en=2,data=0.5</c>.</summary>
    /// <exception cref="EnvironmentException">It is not such a list, or names a kind that is not there.</exception>
    public KindWeights(string list, IReadOnlyList<string> kinds)
    {
        const string Option = "--kinds";
        _weights = WeightedNames.Parse(Option, list);
        foreach (var (kind, weight) in _weights)
        {
            if (!kinds.Contains(kind))
            {
                throw new EnvironmentException($"{Option}: there is no kind {kind}, only {string.Join(", ", kinds)}");
            }

            if (weight > MaxWeight)
            {
                throw new EnvironmentException($"{Option}: {kind} may have a weight up to {MaxWeight}");
            }
        }
    }

    /// <summary>How many times a chunk comes: the weight, rounded up or down by chance.</summary>
    public int Draw(string kind, Random random)
    {
        var weight = _weights.GetValueOrDefault(kind, 1);
        var times = (int)weight;
        return random.NextDouble() < weight - times ? times + 1 : times;
    }
}
