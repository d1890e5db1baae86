using NacrithOnnx.Cli.Arguments;
using NacrithOnnx.Release;
using NacrithOnnx.Tests.Support;

namespace NacrithOnnx.Tests.Packaging;

public sealed class ManualPageTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static string Page => ManualPage.All("2026-01-02").Single(page => page.Name == "nacrith.1").Text;

    [Fact]
    public void Every_option_variable_and_exit_status_is_in_it()
    {
        var plain = Page.Replace("\\-", "-", StringComparison.Ordinal);

        // All levels share an entry.
        var names = FlagTable.All.SelectMany(flag => char.IsDigit(flag.Names[0][1]) ? flag.Names[..1] : flag.Names);
        Assert.All(names, name => Assert.Contains($"\\fB{name}", plain, StringComparison.Ordinal));
        Assert.Contains(".B NACRITH_MODEL\n", plain, StringComparison.Ordinal);
        Assert.Contains(".B 3\nA bug in nacrith.\n", plain, StringComparison.Ordinal);
    }

    [ProgramFact("mandoc")]
    public void Mandoc_finds_nothing_to_complain_of() => Assert.Empty(ShellRun.Run("mandoc", "-Tlint", Write()));

    [ProgramFact("groff")]
    public void Groff_sets_it_without_a_warning()
    {
        var text = ShellRun.Run("bash", "-c", $"groff -man -Tutf8 -ww '{Write()}' 2>&1 > /dev/null");

        Assert.Empty(text);
    }

    public void Dispose() => _folder.Dispose();

    private string Write()
    {
        File.WriteAllText(_folder.File("nacrith.1"), Page);
        return _folder.File("nacrith.1");
    }
}
