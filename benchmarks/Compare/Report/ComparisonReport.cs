using System.Text;
using System.Text.Json;

namespace NacrithOnnx.Compare;

/// <summary>The results as Markdown, JSON and a plot.</summary>
internal static class ComparisonReport
{
    /// <summary>A program that everyone has: sizes are also given as ratios to its size.</summary>
    private const string Yardstick = "gzip -9";

    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Markdown(Machine machine, IReadOnlyList<Measurement> results, IReadOnlyList<string> missing)
    {
        var text = new StringBuilder().Append(machine).Append(".\n");
        if (missing.Count > 0)
        {
            text.Append("Not installed here: ").AppendJoin(", ", missing).Append(".\n");
        }

        foreach (var group in results.GroupBy(result => result.Text))
        {
            Append(text, [.. group]);
        }

        var common = Common(results);
        if (Texts(common) > 1)
        {
            Append(text, Totals(common));
        }

        return text.ToString();
    }

    public static string Json(Machine machine, IReadOnlyList<Measurement> results) =>
        JsonSerializer.Serialize(new { machine, results }, Indented) + "\n";

    /// <summary>The measurements that <see cref="Json"/> wrote.</summary>
    /// <exception cref="BenchmarkException">The text is not valid.</exception>
    public static List<Measurement> FromJson(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.GetProperty("results").Deserialize<List<Measurement>>(Indented)!;
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException)
        {
            throw new BenchmarkException($"the existing results cannot be read: {exception.Message}");
        }
    }

    /// <summary>Size against speed, for the texts that every program compressed.</summary>
    public static string Plot(IReadOnlyList<Measurement> results)
    {
        var totals = Totals(Common(results));
        return new ScatterPlot($"Size against speed, {totals[0].Text}", "compressing, KB/s", "bits per byte").Draw(
            [.. totals.Select(total => new PlotPoint(total.Program, total.CompressSpeed, total.BitsPerByte, total.Ours))]);
    }

    /// <summary>The results for the texts that every program compressed; all results if there is none.</summary>
    private static List<Measurement> Common(IReadOnlyList<Measurement> results)
    {
        var programs = results.DistinctBy(result => result.Program).Count();
        List<Measurement> common = [.. results.GroupBy(result => result.Text).Where(text => text.Count() == programs).SelectMany(text => text)];
        return common.Count > 0 ? common : [.. results];
    }

    private static int Texts(IReadOnlyList<Measurement> results) => results.DistinctBy(result => result.Text).Count();

    private static List<Measurement> Totals(IReadOnlyList<Measurement> results) =>
        [.. results.GroupBy(result => result.Program).Select(group => Measurement.Total([.. group]))];

    private static void Append(StringBuilder text, List<Measurement> results)
    {
        var yardstick = results.Find(result => result.Program == Yardstick)?.Compressed;
        text.Append("\n### ").Append(results[0].Text).Append(", ").Append(Numbers.Whole(results[0].Length)).Append(" bytes\n\n");
        var table = new MarkdownTable(
            "Program", "Bytes", "Bits/byte", "Of gzip", "Compress s", "Decompress s", "Compress KB/s", "Decompress KB/s", "Peak MiB");

        // Levels that were measured later are sorted among the others.
        foreach (var result in results.OrderByDescending(result => result.Ours).ThenBy(result => result.Ours ? result.Program : string.Empty, StringComparer.Ordinal))
        {
            table.Add(
                result.Program,
                Numbers.Whole(result.Compressed),
                Numbers.Exact(result.BitsPerByte),
                yardstick is { } size ? Numbers.Exact((double)result.Compressed / size) : "–",
                Numbers.Short(result.CompressSeconds),
                Numbers.Short(result.DecompressSeconds),
                Numbers.Short(result.CompressSpeed),
                Numbers.Short(result.DecompressSpeed),
                Numbers.Short(result.PeakMebibytes));
        }

        text.Append(table);
    }
}
