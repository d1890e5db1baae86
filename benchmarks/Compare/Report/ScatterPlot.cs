using System.Globalization;
using System.Text;
using System.Xml.Linq;

namespace NacrithOnnx.Compare;

/// <summary>
/// Points over a logarithmic x axis as SVG. Colours follow the reader's light or dark scheme, and the background is the
/// page's own.
/// </summary>
internal sealed class ScatterPlot(string title, string xTitle, string yTitle)
{
    private const double Width = 760;
    private const double Height = 440;
    private const double Left = 64;
    private const double Right = 24;
    private const double Top = 44;
    private const double Bottom = 56;
    private const double Radius = 4.5;

    private const string Style =
        """
        text { font: 13px system-ui, sans-serif; fill: #24292f }
        .title { font-size: 15px; font-weight: 600 }
        .grid { stroke: #8c959f; stroke-opacity: .35 }
        .ours { fill: #0969da } .line { stroke: #0969da; fill: none; stroke-width: 1.5 }
        .other { fill: #bc4c00 }
        @media (prefers-color-scheme: dark) {
          text { fill: #e6edf3 }
          .ours { fill: #58a6ff } .line { stroke: #58a6ff }
          .other { fill: #f0883e }
        }
        """;

    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    /// <param name="points">At least one; x positive.</param>
    public string Draw(IReadOnlyList<PlotPoint> points)
    {
        var firstDecade = (int)Math.Floor(Math.Log10(points.Min(point => point.X)));
        var lastDecade = Math.Max(firstDecade + 1, (int)Math.Ceiling(Math.Log10(points.Max(point => point.X))));
        var step = Step(points.Max(point => point.Y));
        var steps = (int)Math.Floor(points.Max(point => point.Y) / step) + 1;
        double X(double value) =>
            Left + ((Math.Log10(value) - firstDecade) / (lastDecade - firstDecade) * (Width - Left - Right));
        double Y(double value) => Height - Bottom - (value / (steps * step) * (Height - Top - Bottom));

        var root = new XElement(
            Svg + "svg",
            new XAttribute("viewBox", $"0 0 {Number(Width)} {Number(Height)}"),
            new XAttribute("role", "img"),
            new XElement(Svg + "title", title),
            new XElement(Svg + "style", Style),
            Text(Left, Top - 20, title, "start", "title"),
            Text((Left + Width - Right) / 2, Height - 12, xTitle, "middle"),
            Text(8, Top - 8, yTitle, "start"));
        for (var decade = firstDecade; decade <= lastDecade; decade++)
        {
            var x = Left + ((double)(decade - firstDecade) / (lastDecade - firstDecade) * (Width - Left - Right));
            root.Add(Line(x, Top, x, Height - Bottom));
            root.Add(Text(x, Height - Bottom + 18, Tick(decade), "middle"));
        }

        for (var i = 0; i <= steps; i++)
        {
            var y = Y(i * step);
            root.Add(Line(Left, y, Width - Right, y));
            root.Add(Text(Left - 8, y + 4, Number(i * step), "end"));
        }

        var ours = points.Where(point => point.Ours).OrderBy(point => point.X).ToList();
        if (ours.Count > 1)
        {
            root.Add(new XElement(
                Svg + "polyline",
                new XAttribute("class", "line"),
                new XAttribute("points", string.Join(' ', ours.Select(point => $"{Number(X(point.X))},{Number(Y(point.Y))}")))));
        }

        var labels = new LabelPlacer(Left, Width - Right, [.. points.Select(point => (X(point.X), Y(point.Y)))]);
        foreach (var point in points)
        {
            root.Add(new XElement(
                Svg + "circle",
                new XAttribute("class", point.Ours ? "ours" : "other"),
                new XAttribute("cx", Number(X(point.X))),
                new XAttribute("cy", Number(Y(point.Y))),
                new XAttribute("r", Number(Radius))));
        }

        // From the right: the fastest point of a cluster has space on its right and leaves the rest to the others.
        foreach (var point in points.OrderByDescending(point => point.X))
        {
            var (x, y) = labels.Place(X(point.X), Y(point.Y), point.Label.Length);
            root.Add(Text(x, y, point.Label, "start"));
        }

        return new StringBuilder().Append(root).Append('\n').Replace("\r\n", "\n").ToString();
    }

    /// <summary>A round interval that gives about five lines.</summary>
    private static double Step(double max)
    {
        ReadOnlySpan<double> steps = [0.1, 0.2, 0.5, 1, 2, 5];
        foreach (var step in steps)
        {
            if (max / step < 6)
            {
                return step;
            }
        }

        return max / 5;
    }

    private static string Tick(int decade) => Math.Pow(10, decade).ToString(decade < 0 ? "0.####" : "#,0", CultureInfo.InvariantCulture);

    private static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    private static XElement Text(double x, double y, string text, string anchor, string? style = null) => new(
        Svg + "text",
        style is null ? null : new XAttribute("class", style),
        new XAttribute("x", Number(x)),
        new XAttribute("y", Number(y)),
        new XAttribute("text-anchor", anchor),
        text);

    private static XElement Line(double x1, double y1, double x2, double y2) => new(
        Svg + "line",
        new XAttribute("class", "grid"),
        new XAttribute("x1", Number(x1)),
        new XAttribute("y1", Number(y1)),
        new XAttribute("x2", Number(x2)),
        new XAttribute("y2", Number(y2)));
}
