using System.Diagnostics;
using System.Security.Cryptography;
using NacrithOnnx.Tests.Support;

namespace NacrithOnnx.Tests.Golden;

/// <summary>golden/ matches its recipes, and the library accepts or refuses each file as its name says.</summary>
public sealed class GoldenContainerTests
{
    /// <summary>Set to 1 to write missing files and sums; existing files are never changed.</summary>
    private const string WriteVariable = "NACRITH_WRITE_GOLDEN";

    private static readonly string Folder = Path.Combine(Repository.Root, "golden");

    public static TheoryData<string> Names => new(GoldenRecipes.All.Select(recipe => recipe.Name));

    [Theory]
    [MemberData(nameof(Names))]
    public void A_golden_file_is_what_its_recipe_makes(string name)
    {
        var recipe = Recipe(name);
        var path = PathOf(name);
        WriteMissing();

        Assert.Equal(recipe.Bytes, File.ReadAllBytes(path));
        Assert.Contains($"| `{name}` | {recipe.What} | {(int?)recipe.Code ?? 0} |", File.ReadAllText(Path.Combine(Folder, "README.md")));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_golden_file_decodes_or_is_refused_at_once_with_its_code(string name)
    {
        var recipe = Recipe(name);
        var watch = Stopwatch.StartNew();
        if (recipe.Code is { } code)
        {
            var failure = Assert.ThrowsAny<NacrithException>(() => StoredCodec.Decompress(recipe.Bytes));
            Assert.Equal(code, failure.Code);
        }
        else
        {
            Assert.Equal(recipe.Content, StoredCodec.Decompress(recipe.Bytes));
        }

        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(1));
    }

    [Theory]
    [InlineData("good-small-empty", 100, false)]
    [InlineData("good-small-stored", 100, false)]
    [InlineData("good-frames", 45, false)]
    [InlineData("good-frames-index", 45, true)]
    public void The_writer_makes_the_same_bytes(string name, int frameLength, bool withIndex)
    {
        var recipe = Recipe(name);

        Assert.Equal(recipe.Bytes, StoredCodec.Compress(recipe.Content, frameLength, withIndex: withIndex));
    }

    [Fact]
    public void The_list_of_sums_names_every_file_and_its_hash()
    {
        WriteMissing();
        var sums = Path.Combine(Folder, "SHA256SUMS");
        var expected = string.Concat(Directory.GetFiles(Folder, "*.nc?")
            .Order(StringComparer.Ordinal)
            .Select(path => $"{Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path)))}  {Path.GetFileName(path)}\n"));
        if (Environment.GetEnvironmentVariable(WriteVariable) == "1")
        {
            File.WriteAllText(sums, expected);
        }

        Assert.Equal(expected, File.ReadAllText(sums));
    }

    private static void WriteMissing()
    {
        foreach (var recipe in GoldenRecipes.All)
        {
            var path = PathOf(recipe.Name);
            if (Environment.GetEnvironmentVariable(WriteVariable) == "1" && !File.Exists(path))
            {
                File.WriteAllBytes(path, recipe.Bytes);
            }
        }
    }

    private static GoldenRecipe Recipe(string name) => GoldenRecipes.All.Single(recipe => recipe.Name == name);

    private static string PathOf(string name) => Path.Combine(Folder, $"{name}.ncx");
}
