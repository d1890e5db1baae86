using NacrithOnnx.Cli.Progress;
using NacrithOnnx.Format;

namespace NacrithOnnx.Cli.Report;

/// <summary>The tables of a report.</summary>
internal static class ReportTables
{
    /// <summary>By coder; what none of them took are headers, checksums and the index.</summary>
    public static string Coders(ReportFigures figures, ReportRecorder record)
    {
        var table = Html.Head("Coder", "Content", "Archive", "Share", "Bits per byte", string.Empty);
        var coded = default(CoderTotal);
        foreach (var kind in Enum.GetValues<RegionKind>())
        {
            var total = record.Coder(kind);
            coded += total;
            if (total.Content > 0)
            {
                table += Coder(Name(kind), total, figures.ArchiveBytes);
            }
        }

        var rest = Math.Max(figures.ArchiveBytes - coded.Bytes, 0);
        table += Html.Row(
            string.Empty, "headers and checksums", string.Empty, Html.Bytes(rest), Html.Percent(rest, figures.ArchiveBytes),
            string.Empty, Html.Bar(rest, figures.ArchiveBytes));
        table += Html.Row(
            "total", "all", Figures.Count(figures.ContentBytes), Figures.Count(figures.ArchiveBytes), Html.Percent(1, 1),
            Html.Fixed(figures.BitsPerByte), string.Empty);
        return table + Html.TableEnd;
    }

    /// <summary>What other compressors make of the content.</summary>
    public static string Comparison(ReportFigures figures)
    {
        var most = new[] { figures.GZipBytes, figures.BrotliBytes, figures.ArchiveBytes, figures.ContentBytes }.Max();
        var table = Html.Head(string.Empty, "Bytes", "Of the content", "Bits per byte", string.Empty);
        table += Size("the content", figures.ContentBytes);
        table += Size("gzip -9 (zlib of .NET)", figures.GZipBytes);
        table += Size("Brotli, quality 11", figures.BrotliBytes);
        table += Size("nacrith", figures.ArchiveBytes, "total");
        return table + Html.TableEnd;

        string Size(string name, long bytes, string kind = "") => Html.Row(
            kind, name, Figures.Count(bytes), Html.Percent(bytes, figures.ContentBytes),
            Html.Fixed(new CoderTotal(figures.ContentBytes, 8.0 * bytes).BitsPerByte), Html.Bar(bytes, most));
    }

    /// <summary>By region.</summary>
    public static string Regions(ReportRecorder record)
    {
        var table = Html.Head("Region", "At byte", "Content", "Archive", "Bits per byte");
        foreach (var region in record.Regions)
        {
            var transform = TransformText.Describe(region.TransformId);
            table += Html.Row(
                string.Empty, Name(region.Kind) + (transform.Length > 0 ? $", {transform}" : string.Empty),
                Figures.Count(region.Start), Figures.Count(region.Total.Content), Html.Bytes(region.Total.Bytes),
                Html.Fixed(region.Total.BitsPerByte));
        }

        table += Html.TableEnd;
        return record.RegionCount > record.Regions.Count
            ? $"{table}<p class=\"soft\">The first {record.Regions.Count} of {Figures.Count(record.RegionCount)} regions.</p>\n"
            : table;
    }

    private static string Coder(string name, CoderTotal total, long archive) => Html.Row(
        string.Empty, name, Figures.Count(total.Content), Html.Bytes(total.Bytes), Html.Percent(total.Bytes, archive),
        Html.Fixed(total.BitsPerByte), Html.Bar(total.Bytes, archive));

    private static string Name(RegionKind kind) => kind switch
    {
        RegionKind.Text => "text, language model",
        RegionKind.Bytes => "bytes, byte coder",
        _ => "stored",
    };
}
