using System.Text.RegularExpressions;
using NacrithOnnx.Format;
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
            "x"u8, header: new() { Codec = StoredCodec.Identity, Parameters = parameters }, mixed: true);

        Assert.Equal(ListByLibrary(archive), IndependentReader.List(archive));
    }

    [Fact]
    public void The_example_in_the_document_is_what_the_writer_writes()
    {
        var document = File.ReadAllText(Path.Combine(Repository.Root, "docs", "format.md"));
        var example = ExamplePattern().Match(document);
        var archive = StoredCodec.Compress("Hi"u8);

        Assert.Equal(Convert.ToHexString(archive), WhiteSpacePattern().Replace(example.Groups["hex"].Value, ""));
        Assert.Equal($"{archive.Length}", example.Groups["length"].Value);
    }

    private static List<string> ListByLibrary(byte[] archive)
    {
        var lines = new List<string>();
        foreach (var listing in ArchiveListing.Read(new MemoryStream(archive)))
        {
            var header = listing.Header;
            lines.Add($"archive {listing.Offset} minor={header.MinorVersion} model={header.Codec?.Model.ToString() ?? "-"} "
                + $"tokenizer={header.Codec?.Tokenizer.ToString() ?? "-"} arithmetic={header.Codec?.ArithmeticId ?? "-"} "
                + $"level={header.Level} length={header.OriginalLength?.ToString() ?? "-"}");
            lines.AddRange(header.Parameters.Select(pair => $"parameter {pair.Key}={pair.Value}"));
            lines.AddRange(listing.Frames.Select(Describe));
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

    private static string Describe(FrameListing frame)
    {
        var header = frame.Header;
        var regions = string.Concat(
            header.Regions.ToArray().Select(region => $" {(int)region.Kind}/{region.TransformId}/{region.OriginalLength}"));
        return $"data {frame.Offset} length={header.OriginalLength} payload={header.PayloadLength} "
            + $"hash={header.ContentHash:x32} tokens={header.Text.TokenCount} streams={header.Text.LaneCount} "
            + $"primer={header.Text.PrimerTokenCount} text={header.TextPayloadLength} bytes={header.BytesPayloadLength}{regions}";
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

    [GeneratedRegex(@"\s")]
    private static partial Regex WhiteSpacePattern();
}
