using static NacrithOnnx.NacrithErrorCode;

namespace NacrithOnnx.Tests.Reliability.Mutations;

/// <content>Section 3: what stands before, between and behind archives, and where an input may end.</content>
internal static partial class MutationCorpus
{
    private static IEnumerable<MutationRecipe> Streams()
    {
        var sole = MutationSamples.Sole.Archive;
        var indexed = MutationSamples.Indexed.Archive;
        var content = MutationSamples.Sole.Content;
        byte[] both = [.. content, .. MutationSamples.Indexed.Content];
        var ignore = new DecompressOptions { IgnoreTrailing = true };
        for (var place = 0; place < 8; place++)
        {
            yield return Stream($"magic: byte {place} changed", NotAnArchive, Flip(sole, place));
        }

        yield return Stream("nothing at all", NotAnArchive, []);
        yield return Stream("padding before the first archive", NotAnArchive, [0, .. sole]);
        yield return Stream("input ends in the magic", Truncated, sole[..7]);
        yield return Stream("input ends behind the magic", Truncated, sole[..8]);
        yield return Stream("input ends in the header's length", Truncated, sole[..10]);
        yield return Stream("input ends in the header's checksum", Truncated, sole[..18]);
        yield return Stream("input ends behind the header", Truncated, sole[..19]);
        yield return Stream("input ends in a frame's lengths", Truncated, sole[..21]);
        yield return Stream("input ends in a frame's map", Truncated, sole[..30]);
        yield return Stream("input ends in a frame's checksum", Truncated, sole[..45]);
        yield return Stream("input ends in a payload", Truncated, sole[..60]);
        yield return Stream("input ends in a payload's checksum", Truncated, sole[..^1]);
        yield return Stream("input ends before the end frame", Truncated, indexed[..^83]);
        yield return Stream("input ends in the footer", Truncated, indexed[..^20]);
        yield return Stream("padding of one byte", null, [.. sole, 0]);
        yield return Stream("padding of 100,000 bytes", null, [.. sole, .. new byte[100_000]]);
        yield return Stream("a foreign byte behind", Corrupt, [.. sole, 1]);
        yield return Stream("a foreign byte behind padding", Corrupt, [.. sole, 0, 0, 1]);
        yield return Stream("a foreign byte behind, to be ignored", null, [.. sole, 1], options: ignore);
        yield return Stream("two bytes of the magic at their places, to be ignored", null, [.. sole, 0x89, 0x4E, .. "123456"u8], options: ignore);
        yield return Stream("three bytes of the magic at their places, to be ignored", Corrupt, [.. sole, 0x89, 0x4E, 0x43, .. "12345"u8], options: ignore);
        yield return Stream("half a magic behind, to be ignored", Truncated, [.. sole, .. sole[..4]], options: ignore);
        yield return Stream("a second archive", null, [.. sole, .. indexed], both);
        yield return Stream("a second archive behind padding", null, [.. sole, 0, .. indexed, 0], both);
        yield return Stream("a second archive that is cut", Truncated, [.. sole, .. indexed[..^1]], both);
        yield return Stream("a second archive with damaged magic", Corrupt, [.. sole, .. Flip(indexed, 0)], both);
        yield return Stream("a second archive with damaged magic, to be ignored", Corrupt, [.. sole, .. Flip(indexed, 7)], both, ignore);
        yield return Stream("all output that is allowed", null, sole, content, new() { MaxOutput = content.Length });
        yield return Stream("one byte of output more than allowed", LimitExceeded, sole, content, new() { MaxOutput = content.Length - 1 });
        yield return Stream(
            "one byte more than allowed in the second archive", LimitExceeded, [.. sole, .. indexed], both, new() { MaxOutput = both.Length - 1 });
        yield return Stream("a frame larger than the memory allows", LimitExceeded, sole, content, new() { MemoryLimit = 16 * (content.Length - 1) });

        MutationRecipe Stream(
            string name, NacrithErrorCode? code, byte[] archive, byte[]? contents = null, DecompressOptions? options = null) =>
            new(name, code, archive, contents ?? content, options ?? new DecompressOptions());
    }
}
