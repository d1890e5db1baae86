using System.Globalization;
using System.Text;
using NacrithOnnx.Cli.Progress;
using NacrithOnnx.Format;

namespace NacrithOnnx.Cli.Report;

/// <summary>
/// Writes a report as one HTML page that needs nothing else and can load nothing else: its policy allows its own script
/// and style by their hashes, and no connection.
/// </summary>
internal static class ReportPage
{
    private static readonly string Style = Resource("page.css");
    private static readonly string Script = Resource("page.js");

    /// <summary>Writes the page.</summary>
    /// <param name="output">Receives it.</param>
    /// <param name="figures">The run.</param>
    /// <param name="record">The content.</param>
    public static void Write(Stream output, ReportFigures figures, ReportRecorder record)
    {
        using var html = new StreamWriter(output, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
        var name = Html.Text(Messages.Printable(figures.Name));
        html.Write($"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src '{Hash(Script)}'; style-src '{Hash(Style)}'; base-uri 'none'; form-action 'none'">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>Where the bits go: {name}</title>
            <style>{Style}</style>
            </head>
            <body>
            <p class="soft">nacrith {Html.Text(figures.Version)}: where the bits go</p>
            <h1><bdi>{name}</bdi></h1>
            {Summary(figures, record)}
            <h2>Compared with other compressors</h2>
            {ReportTables.Comparison(figures)}
            <h2>By coder</h2>
            {ReportTables.Coders(figures, record)}
            <h2>Bits per byte along the content</h2>
            {(record.Curve.Intervals.Count > 0 ? Curve(figures, record) : "<p>There is no content.</p>")}
            <h2>Token by token</h2>
            {Text(record)}
            <h2>By region</h2>
            {ReportTables.Regions(record)}
            <div id="detail"><div><p class="soft">Point at a word to see its bits and what the model expected. The arrow keys go on from there.</p></div></div>
            <noscript><p>The text is shown by a script, which this browser does not run.</p></noscript>
            <script type="application/json" id="data">
            """);
        html.Flush();
        ReportData.Write(output, figures, record);
        html.Write($"</script>\n<script>{Script}</script>\n</body>\n</html>\n");
    }

    private static string Summary(ReportFigures figures, ReportRecorder record)
    {
        var figure = (string value, string what) => $"<li><b>{value}</b><span>{what}</span></li>\n";
        var rate = Figures.Rate(figures.ContentBytes, figures.Elapsed);
        var tokens = Figures.Rate(record.TokenCount, figures.Elapsed);
        return "<ul class=\"figures\">\n"
            + figure(Figures.Count(figures.ContentBytes), "bytes of content")
            + figure(Figures.Count(figures.ArchiveBytes), "bytes in the archive")
            + figure(Figures.Percent(figures.ArchiveBytes, figures.ContentBytes), "of the content")
            + figure(Html.Fixed(figures.BitsPerByte), "bits per byte")
            + figure(string.Create(CultureInfo.InvariantCulture, $"{figures.Elapsed.TotalSeconds:0.0} s"), $"to {figures.Operation}")
            + figure($"{Figures.Size(rate)}/s", string.Create(CultureInfo.InvariantCulture, $"{tokens:0} tokens/s"))
            + "</ul>";
    }

    private static string Curve(ReportFigures figures, ReportRecorder record) =>
        CurveDrawing.Draw(record.Curve, figures.ContentBytes, figures.BitsPerByte)
        + $"<p class=\"soft\"><span id=\"reading\">Each step is the mean of {Figures.Count(record.Curve.Width)} bytes.</span> "
        + "A click shows the text there.</p>";

    private static string Text(ReportRecorder record)
    {
        var left = record.TokenCount - record.Tokens.Count;
        var note = left > 0
            ? $"<p>The page shows the first {Figures.Count(record.Tokens.Count)} tokens; the {Figures.Count(left)} after them are in the tables and the curve.</p>"
            : string.Empty;
        return $"""
            <p class="soft">The text as the model reads it, after its transform. The stronger its colour, the more bits a token took.</p>{note}
            <div class="bar"><span class="soft">bits</span><div class="legend" id="legend"></div></div>
            <div class="bar"><button type="button" id="first">First</button><button type="button" id="back">Back</button>
            <span id="where"></span><button type="button" id="next">Next</button><button type="button" id="last">Last</button>
            <button type="button" id="costly">Next of 11 bits or more</button></div>
            <div id="text" tabindex="0" role="application" aria-label="Tokens; the arrow keys move between them"></div>
            """;
    }

    /// <summary>A source of a Content Security Policy: exactly this text between the tags.</summary>
    private static string Hash(string text)
    {
        var hash = new byte[Sha256Digest.Length];
        Sha256.Hash(Encoding.UTF8.GetBytes(text), hash);
        return $"sha256-{Convert.ToBase64String(hash)}";
    }

    private static string Resource(string name)
    {
        using var stream = typeof(ReportPage).Assembly.GetManifestResourceStream(typeof(ReportPage), $"Page.{name}")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
