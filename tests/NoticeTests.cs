using System.Text.Json;
using System.Text.RegularExpressions;
using NacrithOnnx.Tests.Support;

namespace NacrithOnnx.Tests;

/// <summary>Whoever passes on the program passes on the packages in it.</summary>
public sealed partial class NoticeTests
{
    /// <summary>Works in the compiler and leaves nothing in the program.</summary>
    private const string Analyzers = "Microsoft.CodeAnalysis.BannedApiAnalyzers";

    [Fact]
    public void NOTICE_lists_the_packages_of_the_program()
    {
        using var locked = JsonDocument.Parse(Read("src/Cli/packages.lock.json"));
        var packages = locked.RootElement.GetProperty("dependencies").GetProperty("net10.0").EnumerateObject()
            .Where(package => package.Value.GetProperty("type").GetString() != "Project" && package.Name != Analyzers)
            .Select(package => package.Name);

        Assert.Equal(
            packages.Order(StringComparer.Ordinal), PackageLine().Matches(Read("NOTICE")).Select(line => line.Groups[1].Value));
    }

    [Fact]
    public void The_license_is_the_one_of_the_model() => Assert.Equal(Read("models/onnx/LICENSE"), Read("LICENSE"));

    private static string Read(string file) => File.ReadAllText(Path.Combine(Repository.Root, file));

    /// <summary>A name without spaces, then its license in a second column.</summary>
    [GeneratedRegex(@"^(\S+) {2,}\S", RegexOptions.Multiline)]
    private static partial Regex PackageLine();
}
