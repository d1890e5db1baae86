using System.Globalization;
using System.Net;
using NacrithOnnx.Cli.Progress;

namespace NacrithOnnx.Cli.Report;

/// <summary>Parts of the page. What comes from outside goes through <see cref="Text"/>.</summary>
internal static class Html
{
    /// <summary>Text without markup.</summary>
    public static string Text(string text) => WebUtility.HtmlEncode(text);

    /// <summary>A number as HTML and SVG read it.</summary>
    public static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    /// <summary>A number with two decimals.</summary>
    public static string Fixed(double value) => value.ToString("0.00", CultureInfo.InvariantCulture);

    /// <summary>A row of a table; the first cell is a name.</summary>
    public static string Row(string kind, string name, params ReadOnlySpan<string> cells)
    {
        var row = $"<tr{(kind.Length > 0 ? $" class=\"{kind}\"" : string.Empty)}><td class=\"name\">{Text(name)}</td>";
        foreach (var cell in cells)
        {
            row += $"<td>{cell}</td>";
        }

        return row + "</tr>\n";
    }

    /// <summary>The head of a table.</summary>
    public static string Head(params ReadOnlySpan<string> names)
    {
        var head = "<div class=\"scroll\"><table>\n<tr>";
        foreach (var name in names)
        {
            head += $"<th scope=\"col\">{Text(name)}</th>";
        }

        return head + "</tr>\n";
    }

    /// <summary>The end of a table.</summary>
    public const string TableEnd = "</table></div>\n";

    /// <summary>A bar, as long as a part of a whole.</summary>
    public static string Bar(double part, double whole) =>
        $"<svg viewBox=\"0 0 100 8\" preserveAspectRatio=\"none\" aria-hidden=\"true\"><rect width=\""
        + $"{Number(whole > 0 ? 100 * part / whole : 0)}\" height=\"8\"/></svg>";

    /// <summary>Bytes with thousands separated.</summary>
    public static string Bytes(double bytes) => Figures.Count((long)Math.Round(bytes));

    /// <summary>A part in percent.</summary>
    public static string Percent(double part, double whole) =>
        string.Create(CultureInfo.InvariantCulture, $"{(whole > 0 ? 100 * part / whole : 0):0.0} %");
}
