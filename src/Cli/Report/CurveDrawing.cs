using System.Globalization;
using System.Text;
using NacrithOnnx.Cli.Progress;

namespace NacrithOnnx.Cli.Report;

/// <summary>Draws bits per byte along the content, as an SVG of a fixed size that the page scales.</summary>
internal static class CurveDrawing
{
    public const int Left = 44;
    public const int Right = 990;
    private const int Width = 1000;
    private const int Height = 240;
    private const int Top = 12;
    private const int Bottom = 210;

    /// <summary>Distances of grid lines, in bits per byte.</summary>
    private static readonly double[] Steps = [0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20];

    private const int MostLines = 5;

    /// <summary>Draws.</summary>
    /// <param name="curve">The curve.</param>
    /// <param name="content">Length of the content, at least 1.</param>
    /// <param name="mean">Bits per byte of the whole.</param>
    public static string Draw(BitCurve curve, long content, double mean)
    {
        var highest = Math.Max(curve.Intervals.Max(interval => interval.BitsPerByte), mean);
        var step = Array.Find(Steps, size => highest / size <= MostLines);
        step = step > 0 ? step : Math.Ceiling(highest / MostLines);
        var top = Math.Max(Math.Ceiling(highest / step), 1) * step;
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<svg id=\"curve\" viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-label=\"Bits per byte along the content\">\n");
        for (var value = 0.0; value <= top + (step / 2); value += step)
        {
            var y = Html.Number(Y(value, top));
            svg.Append(CultureInfo.InvariantCulture, $"<line class=\"grid\" x1=\"{Left}\" x2=\"{Right}\" y1=\"{y}\" y2=\"{y}\"/>");
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{Left - 6}\" y=\"{y}\" dy=\"4\" text-anchor=\"end\">{Html.Number(value)}</text>\n");
        }

        var line = Line(curve, content, top);
        svg.Append(CultureInfo.InvariantCulture, $"<path class=\"area\" d=\"M{Left} {Bottom}{line}V{Bottom}Z\"/>\n<path class=\"edge\" d=\"M{line[1..]}\"/>\n");
        var meanY = Html.Number(Y(mean, top));
        svg.Append(CultureInfo.InvariantCulture, $"<line class=\"mean\" x1=\"{Left}\" x2=\"{Right}\" y1=\"{meanY}\" y2=\"{meanY}\"/>\n");
        svg.Append(CultureInfo.InvariantCulture, $"<text class=\"mean-text\" x=\"{Right}\" y=\"{meanY}\" dy=\"-5\" text-anchor=\"end\">mean {Html.Fixed(mean)}</text>\n");
        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{Left}\" y=\"{Height - 10}\">byte 0</text>");
        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{Right}\" y=\"{Height - 10}\" text-anchor=\"end\">{Figures.Count(content)}</text>\n");
        return svg.Append(CultureInfo.InvariantCulture, $"<line class=\"here\" y1=\"{Top}\" y2=\"{Bottom}\"/>\n</svg>\n").ToString();
    }

    /// <summary>Steps from the first interval to the end of the content.</summary>
    private static string Line(BitCurve curve, long content, double top)
    {
        var line = new StringBuilder();
        for (var index = 0; index < curve.Intervals.Count; index++)
        {
            var y = Html.Number(Y(curve.Intervals[index].BitsPerByte, top));
            var end = Html.Number(X(Math.Min((index + 1) * curve.Width, content), content));
            line.Append(index == 0 ? $"L{Left} {y}H{end}" : $"V{y}H{end}");
        }

        return line.ToString();
    }

    private static double X(double position, long content) => Left + (position / content * (Right - Left));

    private static double Y(double value, double top) => Bottom - (value / top * (Bottom - Top));
}
