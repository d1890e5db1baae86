namespace NacrithOnnx.Compare;

/// <summary>Places labels next to their points, clear of other points and labels where possible.</summary>
/// <param name="left">Left edge of the plot.</param>
/// <param name="right">Right edge of the plot.</param>
/// <param name="points">All points.</param>
internal sealed class LabelPlacer(double left, double right, IReadOnlyList<(double X, double Y)> points)
{
    /// <summary>Mean width of a character of 13 px system-ui, and the height of a line.</summary>
    private const double CharacterWidth = 6.8;
    private const double LineHeight = 14;
    private const double Gap = 8;

    private readonly List<(double X, double Y, double Width)> _placed = [];

    /// <summary>Start of the baseline of a label with this number of characters.</summary>
    public (double X, double Y) Place(double x, double y, int characters)
    {
        var width = characters * CharacterWidth;
        ReadOnlySpan<(double X, double Y)> candidates =
        [
            (x + Gap, y + 4),
            (x - Gap - width, y + 4),
            (x - (width / 2), y - Gap),
            (x - (width / 2), y + Gap + LineHeight - 4),
            (x + Gap, y - Gap - 2),
            (x + Gap, y + Gap + LineHeight),
            (x - width, y - Gap - 2),
            (x - width, y + Gap + LineHeight),
        ];
        var chosen = candidates[0];
        foreach (var candidate in candidates)
        {
            if (candidate.X >= left && candidate.X + width <= right && IsFree(candidate.X, candidate.Y, width))
            {
                chosen = candidate;
                break;
            }
        }

        _placed.Add((chosen.X, chosen.Y, width));
        return chosen;
    }

    private bool IsFree(double x, double y, double width)
    {
        foreach (var label in _placed)
        {
            if (x < label.X + label.Width && label.X < x + width && Math.Abs(y - label.Y) < LineHeight)
            {
                return false;
            }
        }

        foreach (var point in points)
        {
            if (point.X > x - 3 && point.X < x + width + 3 && point.Y > y - LineHeight && point.Y < y + 4)
            {
                return false;
            }
        }

        return true;
    }
}
