using System.Diagnostics;
using System.Globalization;
using NacrithOnnx.Format;
using NacrithOnnx.Tests.Support;
using Xunit.Abstractions;

namespace NacrithOnnx.Tests.Golden;

/// <summary>
/// Each archive of golden/ with each bit flipped, truncated to each length, and without each of its bytes. It is
/// refused, or it decodes to the content of a golden archive: damage may undo the fault of a bad archive, or hit only
/// padding.
/// </summary>
public sealed class GoldenDamageTests(ITestOutputHelper output)
{
    private const string Concatenated = "good-concatenated";
    private const string Twice = "good-small-twice";
    private const string Undecoded = "undecoded";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private static readonly string Folder = Path.Combine(Repository.Root, "golden");

    /// <summary>Contents of the good archives, once and twice: a flip may repair the second of two archives.</summary>
    private static readonly HashSet<string> Genuine = [.. GoldenRecipes.All.Where(recipe => recipe.Code is null)
        .Select(recipe => Convert.ToHexString(recipe.Content!)).SelectMany(content => (string[])[content, content + content])];

    private TimeSpan _slowest;

    public static TheoryData<string> Names =>
        new(Directory.GetFiles(Folder, "*.ncx").Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_flip_truncation_and_removed_byte_is_refused(string name)
    {
        var archive = File.ReadAllBytes(Path.Combine(Folder, name + ".ncx"));
        var text = GoldenTexts.All.SingleOrDefault(golden => golden.Name == name)?.Content;
        if (IsGood(name))
        {
            Assert.False(IsRefused(archive, text, "no damage"));
        }

        var flips = 0;
        for (var bit = 0; bit < 8 * archive.Length; bit++)
        {
            archive[bit / 8] ^= (byte)(1 << (bit % 8));
            flips += IsRefused(archive, text, $"bit {bit}") ? 1 : 0;
            archive[bit / 8] ^= (byte)(1 << (bit % 8));
        }

        var cuts = 0;
        var removals = 0;
        for (var index = 0; index < archive.Length; index++)
        {
            cuts += IsRefused(archive[..index], text, $"length {index}") ? 1 : 0;
            removals += IsRefused([.. archive[..index], .. archive[(index + 1)..]], text, $"without byte {index}") ? 1 : 0;
        }

        output.WriteLine(
            $"{name}: {8 * archive.Length} flips, {flips} refused; {archive.Length} truncations, {cuts} refused; "
            + $"{archive.Length} removed bytes, {removals} refused; slowest {_slowest.TotalMilliseconds:F1} ms");
        Assert.InRange(_slowest, TimeSpan.Zero, Patience);
        if (IsGood(name))
        {
            // Padding carries no information: it may be removed or shortened, even up to the boundary between two
            // archives.
            var padding = name == Concatenated ? Padding(archive) : 0;
            var borders = name is Concatenated or Twice ? 1 : 0;
            Assert.Equal((8 * archive.Length, archive.Length - padding - borders, archive.Length - padding), (flips, cuts, removals));
        }
    }

    /// <summary>Texts are left out: their lengths change with the weights.</summary>
    [Fact]
    public void The_document_counts_every_archive_and_every_bit()
    {
        var document = File.ReadAllText(Path.Combine(Repository.Root, "docs", "reliability.md"));

        Assert.Contains(Row("good", [.. GoldenRecipes.All.Where(recipe => IsGood(recipe.Name))]), document, StringComparison.Ordinal);
        Assert.Contains(Row("all", GoldenRecipes.All), document, StringComparison.Ordinal);
    }

    private static string Row(string kind, IReadOnlyCollection<GoldenRecipe> recipes) => string.Create(
        CultureInfo.InvariantCulture,
        $"| {kind} containers ({recipes.Count}) | {8 * recipes.Sum(recipe => recipe.Bytes.Length):N0} |");

    private static bool IsGood(string name) =>
        name.StartsWith("good-", StringComparison.Ordinal) || name.StartsWith("dictionary-", StringComparison.Ordinal);

    private static int Padding(byte[] archive) =>
        archive.Length - (int)ArchiveListing.Read(new MemoryStream(archive)).Sum(listing => listing.Length);

    private bool IsRefused(byte[] damaged, byte[]? text, string what)
    {
        var watch = Stopwatch.StartNew();
        try
        {
            // Text cannot be decoded without the model. Whatever a damaged archive would decode to, the check covers the
            // archive too: so it must refuse even the right content.
            var content = text is not null ? ReadFrames(damaged, text) : Convert.ToHexString(StoredCodec.Decompress(damaged));
            Assert.True(content == Undecoded || Genuine.Contains(content), $"Damaged archive decoded to other content: {what}.");
            return false;
        }
        catch (NacrithException)
        {
            return true;
        }
        finally
        {
            _slowest = watch.Elapsed > _slowest ? watch.Elapsed : _slowest;
        }
    }

    private static string ReadFrames(byte[] archive, byte[] text)
    {
        using var reader = new ContainerReader(new MemoryStream(archive));
        while (reader.TryReadArchive(out _))
        {
            while (reader.TryReadDataFrame(out var frame))
            {
                frame.Verify(text);
            }
        }

        return Undecoded;
    }
}
