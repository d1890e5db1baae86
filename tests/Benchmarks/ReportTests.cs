using System.Text.Json;
using System.Xml.Linq;
using NacrithOnnx.Compare;

namespace NacrithOnnx.Tests.Benchmarks;

public sealed class ReportTests
{
    private static readonly Machine Somewhere = new("A <fast> CPU", 2, ".NET 10.0.0", "1.29.0", null);

    private static readonly Measurement[] Results =
    [
        new("a.txt", "nacrith -1", true, 1000, 125, 2, 4, 2048),
        new("a.txt", "gzip -9", false, 1000, 500, 0.5, 0.25, 1024),
        new("b.txt", "nacrith -1", true, 3000, 375, 2, 4, 1024),
        new("b.txt", "gzip -9", false, 3000, 1000, 0.5, 0.25, 1024),
    ];

    [Fact]
    public void A_table_aligns_words_left_and_numbers_right()
    {
        var table = new MarkdownTable("Name", "Bytes");
        table.Add("a", "1,000");
        table.Add("longer", "7");

        Assert.Equal(
            """
            | Name   | Bytes |
            | ------ | ----: |
            | a      | 1,000 |
            | longer |     7 |

            """,
            table.ToString(),
            ignoreLineEndingDifferences: true);
    }

    [Fact]
    public void A_bar_in_a_cell_does_not_end_it()
    {
        var table = new MarkdownTable("Name");
        table.Add("a|b");

        Assert.Contains("| a\\|b |", table.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_row_of_the_wrong_length_is_refused() =>
        Assert.Throws<ArgumentException>(() => new MarkdownTable("Name", "Bytes").Add("a"));

    [Theory]
    [InlineData(0.01234, "0.012")]
    [InlineData(1.234, "1.23")]
    [InlineData(9.999, "10.0")]
    [InlineData(12.34, "12.3")]
    [InlineData(99.96, "100")]
    [InlineData(1234.5, "1,235")]
    public void Numbers_are_short(double value, string expected) => Assert.Equal(expected, Numbers.Short(value));

    [Fact]
    public void A_row_states_size_ratio_time_and_memory()
    {
        var report = ComparisonReport.Markdown(Somewhere, Results, []);

        var row = report.Split('\n').First(line => line.Contains("nacrith -1", StringComparison.Ordinal));
        string[] expected = ["nacrith -1", "125", "1.000", "0.250", "2.00", "4.00", "0.500", "0.250", "2.00"];
        Assert.Equal(expected, row.Split('|', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
    }

    [Fact]
    public void All_texts_are_also_totalled()
    {
        var total = Measurement.Total([Results[0], Results[2]]);

        Assert.Equal(4000, total.Length);
        Assert.Equal(1.0, total.BitsPerByte);
        Assert.Equal(1.0, total.CompressSpeed);
        Assert.Equal(0.5, total.DecompressSpeed);
        Assert.Equal(2.0, total.PeakMebibytes);
        Assert.Contains("### 2 texts, 4,000 bytes", ComparisonReport.Markdown(Somewhere, Results, []), StringComparison.Ordinal);
    }

    [Fact]
    public void Only_texts_that_every_program_compressed_are_totalled_and_plotted()
    {
        Measurement[] results = [.. Results, Results[0] with { Program = "nacrith -9" }];

        Assert.DoesNotContain("texts", ComparisonReport.Markdown(Somewhere, results, []), StringComparison.Ordinal);
        Assert.Contains("Size against speed, a.txt", ComparisonReport.Plot(results), StringComparison.Ordinal);
        Assert.Contains("Size against speed, 2 texts", ComparisonReport.Plot(Results), StringComparison.Ordinal);
    }

    [Fact]
    public void The_levels_of_nacrith_come_first_in_order()
    {
        Measurement[] results = [Results[0] with { Program = "nacrith -9" }, Results[1], Results[0]];

        var report = ComparisonReport.Markdown(Somewhere, results, []);

        int[] places = [.. new[] { "nacrith -1", "nacrith -9", "gzip -9" }.Select(name => report.IndexOf(name, StringComparison.Ordinal))];
        Assert.Equal(places.Order(), places);
    }

    [Fact]
    public void A_program_that_is_not_installed_is_named() =>
        Assert.Contains("Not installed here: brotli.", ComparisonReport.Markdown(Somewhere, Results, ["brotli"]), StringComparison.Ordinal);

    [Fact]
    public void The_date_is_written_where_it_is_given()
    {
        Assert.EndsWith("ONNX Runtime 1.29.0", Somewhere.ToString(), StringComparison.Ordinal);
        Assert.EndsWith(", May 2025", (Somewhere with { Date = "May 2025" }).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_plot_is_well_formed_and_has_a_point_and_a_label_for_each_program()
    {
        PlotPoint[] points = [new("ours <-1>", 3, 1.5, true), new("ours -9", 0.5, 1.2, true), new("gzip & co", 20_000, 2.9, false)];

        var plot = XDocument.Parse(new ScatterPlot("Size", "KB/s", "bits").Draw(points));

        var elements = plot.Descendants().ToList();
        Assert.Equal("svg", plot.Root!.Name.LocalName);
        Assert.Equal(points.Length, elements.Count(element => element.Name.LocalName == "circle"));
        Assert.All(points, point => Assert.Contains(elements, element => element.Name.LocalName == "text" && element.Value == point.Label));
        Assert.Contains("prefers-color-scheme: dark", plot.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Faster_programs_are_plotted_further_right_on_a_logarithmic_axis()
    {
        PlotPoint[] points = [new("a", 1, 1, false), new("b", 10, 1, false), new("c", 100, 1, false)];

        var x = XDocument.Parse(new ScatterPlot("t", "x", "y").Draw(points)).Descendants()
            .Where(element => element.Name.LocalName == "circle")
            .Select(element => (double)element.Attribute("cx")!)
            .ToArray();

        Assert.True(x[0] < x[1]);
        Assert.Equal(x[1] - x[0], x[2] - x[1], 0.02);
    }

    [Fact]
    public void Labels_of_near_points_do_not_cover_each_other()
    {
        var placer = new LabelPlacer(0, 500, [(100, 100), (104, 102)]);

        var first = placer.Place(100, 100, 10);
        var second = placer.Place(104, 102, 10);

        Assert.True(Math.Abs(first.Y - second.Y) >= 14 || Math.Abs(first.X - second.X) >= 68);
    }

    [Fact]
    public void The_data_file_holds_machine_and_measurements()
    {
        using var document = JsonDocument.Parse(ComparisonReport.Json(Somewhere, Results));

        Assert.Equal(2, document.RootElement.GetProperty("machine").GetProperty("cores").GetInt32());
        Assert.Equal(125, document.RootElement.GetProperty("results")[0].GetProperty("compressed").GetInt64());
    }

    [Fact]
    public void Measurements_are_read_back()
    {
        Assert.Equal(Results, ComparisonReport.FromJson(ComparisonReport.Json(Somewhere, Results)));
        Assert.Throws<BenchmarkException>(() => ComparisonReport.FromJson("{}"));
        Assert.Throws<BenchmarkException>(() => ComparisonReport.FromJson("{"));
    }
}
