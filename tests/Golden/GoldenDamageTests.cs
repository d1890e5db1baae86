using System.Diagnostics;
using NacrithOnnx.Format;
using NacrithOnnx.Tests.Support;
using Xunit.Abstractions;

namespace NacrithOnnx.Tests.Golden;

/// <summary>
/// Each archive of golden/ with every bit flipped, cut at every length and without each of its bytes: refused, or what
/// comes out is content that a golden archive holds, which is so where damage undoes the fault of a bad archive or hits
/// nothing but padding.
/// </summary>
public sealed class GoldenDamageTests(ITestOutputHelper output)
{
    private const string Concatenated = "good-concatenated";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private static readonly string Folder = Path.Combine(Repository.Root, "golden");

    /// <summary>What good archives hold, and twice the same where a flip mends the second archive of a pair.</summary>
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
        var isText = name.StartsWith("good-model", StringComparison.Ordinal);
        var flips = 0;
        for (var bit = 0; bit < 8 * archive.Length; bit++)
        {
            archive[bit / 8] ^= (byte)(1 << (bit % 8));
            flips += IsRefused(archive, isText, $"bit {bit}") ? 1 : 0;
            archive[bit / 8] ^= (byte)(1 << (bit % 8));
        }

        var cuts = 0;
        var removals = 0;
        for (var index = 0; index < archive.Length; index++)
        {
            cuts += IsRefused(archive[..index], isText, $"length {index}") ? 1 : 0;
            removals += IsRefused([.. archive[..index], .. archive[(index + 1)..]], isText, $"without byte {index}") ? 1 : 0;
        }

        output.WriteLine(
            $"{name}: {8 * archive.Length} flips, {flips} refused; {archive.Length} truncations, {cuts} refused; "
            + $"{archive.Length} removed bytes, {removals} refused; slowest {_slowest.TotalMilliseconds:F1} ms");
        Assert.InRange(_slowest, TimeSpan.Zero, Patience);
        if (name.StartsWith("good", StringComparison.Ordinal))
        {
            // Padding carries nothing: it may be cut and shortened, also to the border of two archives.
            var padding = name == Concatenated ? Padding(archive) : 0;
            var borders = name == Concatenated ? 1 : 0;
            Assert.Equal((8 * archive.Length, archive.Length - padding - borders, archive.Length - padding), (flips, cuts, removals));
        }
    }

    private static int Padding(byte[] archive) =>
        archive.Length - (int)ArchiveListing.Read(new MemoryStream(archive)).Sum(listing => listing.Length);

    private bool IsRefused(byte[] damaged, bool isText, string what)
    {
        var watch = Stopwatch.StartNew();
        try
        {
            // Without the model the content of text cannot be decoded; the checksums in front of it must be enough.
            var content = isText ? ReadFrames(damaged) : Convert.ToHexString(StoredCodec.Decompress(damaged));
            Assert.True(Genuine.Contains(content), $"Decoded to something else in spite of damage: {what}.");
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

    private static string ReadFrames(byte[] archive)
    {
        using var reader = new ContainerReader(new MemoryStream(archive));
        while (reader.TryReadArchive(out _))
        {
            while (reader.TryReadDataFrame(out _))
            {
            }
        }

        return "undecoded";
    }
}
