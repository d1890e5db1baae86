using System.Globalization;
using System.Text.RegularExpressions;
using NacrithOnnx.Tests.Support;

namespace NacrithOnnx.Tests.Golden;

/// <summary>
/// Archives and messages of real texts, made with the real model. The tests check that this machine decodes what was made
/// elsewhere, and makes the same.
/// </summary>
public sealed class GoldenModelTests : IDisposable
{
    /// <summary>Set to 1 to make all of them anew, after a change of the weights.</summary>
    private const string WriteVariable = "NACRITH_WRITE_GOLDEN_MODEL";

    private static readonly string Table = Path.Combine(Repository.Root, "golden", "README.md");

    private readonly NacrithCodec _codec = new(new CodecSettings(Path.Combine(Repository.Root, "models", "onnx"), 2));

    public static TheoryData<string> Names => new(GoldenTexts.All.Select(golden => golden.Name));

    public void Dispose() => _codec.Dispose();

    [Theory]
    [MemberData(nameof(Names))]
    public void A_golden_file_decodes_and_the_same_is_made_everywhere(string name)
    {
        var golden = GoldenTexts.All.Single(golden => golden.Name == name);
        var made = golden.Make(_codec);
        if (Environment.GetEnvironmentVariable(WriteVariable) == "1")
        {
            File.WriteAllBytes(golden.Path, made);
            var rows = File.ReadAllText(Table);
            File.WriteAllText(Table, Regex.Replace(rows, $@"^\| `{name}` \|.*$", _ => Row(golden, made), RegexOptions.Multiline));
        }

        var file = File.ReadAllBytes(golden.Path);
        Assert.Equal(golden.Content, golden.Decode(_codec, file));
        Assert.Equal(file, made);
        Assert.Contains(Row(golden, file), File.ReadAllText(Table), StringComparison.Ordinal);
    }

    /// <summary>
    /// Damage of a small archive is found by decoding it. All of it is decoded here, once: that nothing passes.
    /// </summary>
    [Fact]
    public void Every_damage_of_a_short_text_is_refused_by_decoding_it()
    {
        var golden = GoldenTexts.All[0];
        var file = File.ReadAllBytes(golden.Path);
        for (var index = 0; index < file.Length; index++)
        {
            Refuse(golden, file[..index]);
            Refuse(golden, [.. file[..index], .. file[(index + 1)..]]);
            for (var bit = 0; bit < 8; bit++)
            {
                var flipped = file.ToArray();
                flipped[index] ^= (byte)(1 << bit);
                Refuse(golden, flipped);
            }
        }
    }

    private static string Row(GoldenText golden, byte[] file) => string.Create(
        CultureInfo.InvariantCulture,
        $"| `{golden.Name}` | {golden.What} | {golden.Content.Length:N0} | {file.Length:N0} |");

    private void Refuse(GoldenText golden, byte[] damaged) =>
        Assert.ThrowsAny<NacrithException>(() => golden.Decode(_codec, damaged));
}
