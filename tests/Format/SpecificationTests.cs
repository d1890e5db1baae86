using System.Globalization;
using System.Text.RegularExpressions;
using NacrithOnnx.Format;
using NacrithOnnx.Runtime.Frame;
using NacrithOnnx.Tests.Format.Independent;
using NacrithOnnx.Tests.Support;

namespace NacrithOnnx.Tests.Format;

/// <summary>docs/format.md and the library agree: a reader written from the document lists the same fields.</summary>
public sealed partial class SpecificationTests
{
    public static TheoryData<string> Samples => new(ArchiveSamples.Names);

    [Theory]
    [MemberData(nameof(Samples))]
    public void A_reader_written_from_the_document_lists_the_same_fields(string name)
    {
        var archive = ArchiveSamples.Make(name);

        Assert.Equal(ListByLibrary(archive), IndependentReader.List(archive));
    }

    [Fact]
    public void Both_readers_agree_on_numbers_at_every_boundary()
    {
        long[] edges = [31, 32, 33, 127, 128, 129, 255, 256, 32_768, 32_769, 65_535, 65_536, int.MaxValue, 1L << 31, uint.MaxValue, 1L << 32, long.MaxValue];
        var parameters = edges.SelectMany(edge => new[] { edge, -edge, -edge - 1 }).Distinct()
            .ToDictionary(value => $"p{value}", value => value);
        var archive = StoredCodec.Compress(
            "x"u8, header: new() { Model = StoredCodec.Model, Parameters = parameters }, mixed: true);

        Assert.Equal(ListByLibrary(archive), IndependentReader.List(archive));
    }

    [Fact]
    public void The_example_in_the_document_is_what_the_writer_writes()
    {
        var example = ExamplePattern().Match(Document);
        var archive = StoredCodec.Compress("Hi"u8);

        Assert.Equal(Convert.ToHexString(archive), WhiteSpacePattern().Replace(example.Groups["hex"].Value, ""));
        Assert.Equal($"{archive.Length}", example.Groups["length"].Value);
    }

    [Fact]
    public void The_profiles_in_the_document_are_those_of_the_library()
    {
        var rows = ParameterRowPattern().Matches(Document).ToDictionary(match => match.Groups["name"].Value);
        for (var number = 1; number <= 4; number++)
        {
            var values = ProfileParameters.Write(Profiles.Of(number));
            Assert.Equal(values.Keys, rows.Keys.Order(StringComparer.Ordinal));
            foreach (var (name, value) in values)
            {
                var text = rows[name].Groups["values"].Value.Split('|')[number - 1].Trim();
                var isSingle = rows[name].Groups["type"].Value == "float";
                var expected = isSingle ? BitConverter.UInt32BitsToSingle((uint)value).ToString(CultureInfo.InvariantCulture)
                    : value == int.MaxValue ? "2^31 − 1" : value.ToString(CultureInfo.InvariantCulture);
                Assert.Equal($"{name} = {expected}", $"{name} = {text}");
            }
        }
    }

    private static string Document { get; } = File.ReadAllText(Path.Combine(Repository.Root, "docs", "format.md"));

    private static List<string> ListByLibrary(byte[] archive)
    {
        var lines = new List<string>();
        foreach (var listing in ArchiveListing.Read(new MemoryStream(archive)))
        {
            var header = listing.Header;
            var names = $"model={header.Model?.ToString() ?? "-"} dictionary={header.Dictionary?.ToString() ?? "-"} profile={header.Profile}";
            var length = header.OriginalLength?.ToString() ?? "-";
            lines.Add(header.IsSmall
                ? $"archive {listing.Offset} small {names} length={length}"
                : $"archive {listing.Offset} large minor={header.MinorVersion} {names} level={header.Level} length={length}");
            lines.AddRange(header.Parameters.Select(pair => $"parameter {pair.Key}={pair.Value}"));
            lines.AddRange(listing.Frames.Select(frame => Describe(frame, Check(archive, listing, frame))));
            var afterFrames = listing.Frames[^1].Offset + listing.Frames[^1].Length;
            if (listing.HasIndex)
            {
                lines.Add($"index {IndexOffset(archive, listing)} entries={listing.Frames.Count}");
            }

            if (listing.End.ContentHash is { } hash)
            {
                var footer = listing.HasIndex ? 32 : 0;
                var endOffset = FindEnd(archive, afterFrames, listing.Offset + listing.Length - footer);
                lines.Add($"end {endOffset} length={listing.End.OriginalLength} frames={listing.End.FrameCount} hash={hash}");
            }
        }

        return lines;
    }

    private static string Describe(FrameListing frame, string check)
    {
        var head = frame.Head;
        var regions = string.Concat(head.Regions.ToArray().Select(
            region => $" {(int)region.Kind}/{region.TransformId}/{region.OriginalLength}/{region.TransformedLength}"));
        return $"frame {frame.Offset} length={head.ContentLength} kind={(int)head.Tag.Kind} tokens={head.TokenCount} "
            + $"primed={(head.IsPrimed ? 1 : 0)} text={head.TextPayloadLength} bytes={head.BytesPayloadLength}{regions} check={check}";
    }

    /// <summary>The last eight bytes of a small archive, or of the map of a data frame.</summary>
    private static string Check(byte[] archive, ArchiveListing listing, FrameListing frame)
    {
        var end = (int)(frame.Offset + frame.Length);
        if (!listing.Header.IsSmall)
        {
            var head = frame.Head;
            var payload = 1 + head.FieldsLength + head.TextPayloadLength + head.BytesPayloadLength + head.StoredLength;
            end -= payload + 8 + 8;
        }

        return Convert.ToHexStringLower(archive[(end - 8)..end]);
    }

    /// <summary>The footer holds the distance from the index to the end.</summary>
    private static long IndexOffset(byte[] archive, ArchiveListing listing)
    {
        var end = (int)(listing.Offset + listing.Length);
        return end - BitConverter.ToInt64(archive, end - 32);
    }

    /// <summary>The head of an end frame has 3 + 40 + 8 bytes if length and count are below 128.</summary>
    private static long FindEnd(byte[] archive, long from, long headEnd)
    {
        var offset = headEnd - 3 - 40 - 8;
        Assert.InRange(offset, from, headEnd);
        Assert.Equal((byte)FrameType.End, archive[offset]);
        return offset;
    }

    [GeneratedRegex(@"`Hi`, (?<length>\d+) bytes:\s+```\s+(?<hex>[0-9A-F\s]+?)\s+```")]
    private static partial Regex ExamplePattern();

    /// <summary>A row of the table of profiles: a name, a type, and a value for each of the four.</summary>
    [GeneratedRegex(@"^\| `(?<name>[a-z-]+)` \| (?<type>int|float) \| (?<values>[^|]+(\|[^|]+){3}) \|", RegexOptions.Multiline)]
    private static partial Regex ParameterRowPattern();

    [GeneratedRegex(@"\s")]
    private static partial Regex WhiteSpacePattern();
}
