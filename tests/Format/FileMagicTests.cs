using System.Diagnostics;
using NacrithOnnx.Tests.Golden;
using NacrithOnnx.Tests.Support;

namespace NacrithOnnx.Tests.Format;

/// <summary>build/nacrith.magic makes file(1) know archives.</summary>
public sealed class FileMagicTests
{
    [ProgramFact("file")]
    public void The_program_file_knows_every_good_archive_and_no_plain_text()
    {
        foreach (var recipe in GoldenRecipes.All.Where(recipe => recipe.Code is null || recipe.Name == "bad-plain-text"))
        {
            var isSmall = recipe.Content is not null && recipe.Bytes[4] != 0x0D;
            var expected = recipe.Content is null ? "text" : isSmall ? "nacrith archive, small form" : "nacrith archive, large form";

            Assert.Contains(expected, Describe(recipe.Name), StringComparison.Ordinal);
        }
    }

    private static string Describe(string name)
    {
        var start = new ProcessStartInfo("file") { WorkingDirectory = Repository.Root, RedirectStandardOutput = true };
        foreach (var argument in (string[])["-b", "-m", "build/nacrith.magic", $"golden/{name}.ncx"])
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        return process.StandardOutput.ReadToEnd();
    }
}
