using System.Globalization;
using NacrithOnnx.Format;

namespace NacrithOnnx.Train.Texts;

/// <summary>Parses lists such as <c>1024=8,2048=1</c>: names with a weight each.</summary>
internal static class WeightedNames
{
    /// <summary>Reads a list.</summary>
    /// <param name="option">Name of the option for messages.</param>
    /// <param name="list">The list; empty for none.</param>
    /// <exception cref="EnvironmentException">It is not such a list.</exception>
    public static IReadOnlyDictionary<string, double> Parse(string option, string list)
    {
        var weights = new SortedDictionary<string, double>(StringComparer.Ordinal);
        foreach (var item in list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var parts = item.Split('=');
            if (parts.Length != 2
                || !double.TryParse(parts[1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var weight)
                || !weights.TryAdd(parts[0], weight))
            {
                throw new EnvironmentException($"{option}: {item} is not NAME=WEIGHT, or is there twice");
            }
        }

        return weights;
    }
}
