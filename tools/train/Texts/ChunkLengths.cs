using System.Globalization;
using NacrithOnnx.Format;

namespace NacrithOnnx.Train.Texts;

/// <summary>Draws the lengths of chunks.</summary>
internal sealed class ChunkLengths
{
    private readonly (int Length, double Weight)[] _lengths;
    private readonly double _total;

    /// <summary>Reads a list such as <c>1024=8,2048=1</c>: of nine chunks eight have 1,024 tokens.</summary>
    /// <param name="list">The list.</param>
    /// <param name="positions">Positions of the model.</param>
    /// <exception cref="EnvironmentException">It is not such a list.</exception>
    public ChunkLengths(string list, int positions)
    {
        const string Option = "--lengths";
        _lengths = [.. WeightedNames.Parse(Option, list).Select(pair => (Length(pair.Key), pair.Value))];
        _total = _lengths.Sum(length => length.Weight);
        if (_total <= 0)
        {
            throw new EnvironmentException($"{Option}: no length has a weight");
        }

        int Length(string text) =>
            int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var length)
            && length >= PassPlan.ShortestChunk && length <= positions
                ? length
                : throw new EnvironmentException(
                    $"{Option}: {text} is not a number from {PassPlan.ShortestChunk} to the model's {positions} positions");
    }

    /// <summary>Draws a length.</summary>
    public int Draw(Random random)
    {
        var target = random.NextDouble() * _total;
        foreach (var (length, weight) in _lengths)
        {
            target -= weight;
            if (target < 0)
            {
                return length;
            }
        }

        return _lengths[^1].Length;
    }
}
