using static NacrithOnnx.NacrithErrorCode;

namespace NacrithOnnx.Tests.Reliability.Mutations;

/// <content>Section 3: bytes before, between and after archives, and where an input may end.</content>
internal static partial class MutationCorpus
{
    private static IEnumerable<MutationRecipe> Streams()
    {
        var plain = MutationSamples.Plain.Archive;
        var indexed = MutationSamples.Indexed.Archive;
        var content = MutationSamples.Plain.Content;
        byte[] both = [.. content, .. MutationSamples.Indexed.Content];
        var ignore = new DecompressOptions { IgnoreTrailing = true };
        for (var place = 0; place < 8; place++)
        {
            // The fifth byte tells the form: what is no tag of a small archive is damage.
            yield return Stream($"magic: byte {place} changed", place == 4 ? Corrupt : NotAnArchive, Flip(plain, place));
        }

        yield return Stream("nothing at all", NotAnArchive, []);
        yield return Stream("padding before the first archive", NotAnArchive, [0, .. plain]);
        yield return Stream("input ends in the magic", Truncated, plain[..7]);
        yield return Stream("input ends after the magic", Truncated, plain[..8]);
        yield return Stream("input ends in the header's length", Truncated, plain[..10]);
        yield return Stream("input ends in the header's checksum", Truncated, plain[..18]);
        yield return Stream("input ends after the header", Truncated, plain[..19]);
        yield return Stream("input ends in a frame's lengths", Truncated, plain[..21]);
        yield return Stream("input ends in a frame's map", Truncated, plain[..30]);
        yield return Stream("input ends in a frame's checksum", Truncated, plain[..40]);
        yield return Stream("input ends in a payload", Truncated, plain[..60]);
        yield return Stream("input ends in a payload's checksum", Truncated, plain[..95]);
        yield return Stream("input ends in the end frame", Truncated, plain[..^1]);
        yield return Stream("input ends before the end frame", Truncated, indexed[..^83]);
        yield return Stream("input ends in the footer", Truncated, indexed[..^20]);
        yield return Stream("padding of one byte", null, [.. plain, 0]);
        yield return Stream("padding of 100,000 bytes", null, [.. plain, .. new byte[100_000]]);
        yield return Stream("a foreign byte at the end", Corrupt, [.. plain, 1]);
        yield return Stream("a foreign byte after padding", Corrupt, [.. plain, 0, 0, 1]);
        yield return Stream("a foreign byte at the end, ignored", null, [.. plain, 1], options: ignore);
        yield return Stream("two bytes of the magic at their places, to be ignored", null, [.. plain, 0x89, 0x4E, .. "123456"u8], options: ignore);
        yield return Stream("three bytes of the magic at their places, to be ignored", Corrupt, [.. plain, 0x89, 0x4E, 0x43, .. "12345"u8], options: ignore);
        yield return Stream("half a magic at the end, with foreign bytes ignored", Truncated, [.. plain, .. plain[..4]], options: ignore);
        yield return Stream("a second archive", null, [.. plain, .. indexed], both);
        yield return Stream("a second archive after padding", null, [.. plain, 0, .. indexed, 0], both);
        yield return Stream("a truncated second archive", Truncated, [.. plain, .. indexed[..^1]], both);
        yield return Stream("a second archive with damaged magic", Corrupt, [.. plain, .. Flip(indexed, 0)], both);
        yield return Stream("a second archive with damaged magic, to be ignored", Corrupt, [.. plain, .. Flip(indexed, 7)], both, ignore);
        yield return Stream("all output that is allowed", null, plain, content, new() { MaxOutput = content.Length });
        yield return Stream("one byte of output more than allowed", LimitExceeded, plain, content, new() { MaxOutput = content.Length - 1 });
        yield return Stream(
            "one byte more than allowed in the second archive", LimitExceeded, [.. plain, .. indexed], both, new() { MaxOutput = both.Length - 1 });
        yield return Stream("a frame larger than the memory allows", LimitExceeded, plain, content, new() { MemoryLimit = 16 * (content.Length - 1) });

        MutationRecipe Stream(
            string name, NacrithErrorCode? code, byte[] archive, byte[]? contents = null, DecompressOptions? options = null) =>
            new(name, code, archive, contents ?? content, options ?? new DecompressOptions());
    }
}
