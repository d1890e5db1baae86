using NacrithOnnx.Cli.Report;
using NacrithOnnx.Tests.Packaging;
using NacrithOnnx.Tests.Support;

namespace NacrithOnnx.Tests.Cli.Report;

/// <summary>A real browser opens the page.</summary>
public sealed class BrowserTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [ProgramFact("chromium")]
    public void The_script_shows_the_text_and_nothing_of_the_text_runs()
    {
        var (page, console) = Open(ReportSamples.Record(ReportSamples.Hostile));

        Assert.Empty(console);
        Assert.Contains("<title>Where the bits go: a.txt</title>", page, StringComparison.Ordinal);
        Assert.Contains("data-index=\"15\"", page, StringComparison.Ordinal);
        Assert.Contains("&lt;img src=x onerror=", page, StringComparison.Ordinal);
        Assert.Contains("100 bytes coded by the byte coder, 2.00 bits each", page, StringComparison.Ordinal);
        Assert.Contains("50 bytes stored as they are", page, StringComparison.Ordinal);
    }

    [ProgramFact("chromium")]
    public void A_large_text_is_shown_in_parts()
    {
        var (page, console) = Open(ReportSamples.Record([.. Enumerable.Range(0, 30_000).Select(n => $"w{n % 5000} ")]));

        Assert.Empty(console);
        Assert.Contains("tokens 1 to 2,500 of 30,000", page, StringComparison.Ordinal);
        Assert.DoesNotContain("data-index=\"2500\"", page, StringComparison.Ordinal);
    }

    /// <summary>The page as its script leaves it, and what the browser complains of.</summary>
    private (string Page, string Console) Open(ReportRecorder record)
    {
        File.WriteAllText(_folder.File("page.html"), ReportSamples.Page(record));
        var log = _folder.File("log");
        var page = ShellRun.Run(
            "bash", "-c",
            $"chromium --headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
            + $"--disable-component-update --disable-sync --user-data-dir='{_folder.File("user")}' --enable-logging=stderr "
            + $"--dump-dom 'file://{_folder.File("page.html")}' 2> '{log}'");
        return (page, string.Join('\n', File.ReadLines(log).Where(line => line.Contains("CONSOLE", StringComparison.Ordinal))));
    }
}
