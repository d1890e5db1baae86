using NacrithOnnx.Tests.Support;

namespace NacrithOnnx.Tests.Golden;

/// <summary>
/// Recipes of the golden archives that need no model. They build the bytes without the library's writer, so a change to
/// the writer cannot change them.
/// </summary>
internal static class GoldenRecipes
{
    private const byte Data = 0x01;
    private const byte Index = 0x02;

    /// <summary>Head and checksum of an end frame with totals below 128.</summary>
    private const int EndHeadLength = 3 + 40 + 8;

    private static readonly byte[] First = "A golden archive holds its first frame here.\n"u8.ToArray();
    private static readonly byte[] Second = "And its second one here.\n"u8.ToArray();
    private static readonly byte[] Both = [.. First, .. Second];
    private static readonly byte[] Check = [1, 0xC4, 8, .. ArchiveForge.Hash(First)];
    private static readonly byte[] FirstMap = ArchiveForge.DataMap(First);

    /// <summary>The body of a frame that stores <see cref="First"/>.</summary>
    private static readonly byte[] FirstBody = [0, .. First];

    /// <summary>A model of four zeros and profile 2: fields 1 and 3 of an archive header.</summary>
    private static readonly byte[] ModelMap = [0x82, 1, 0xC4, 4, 0, 0, 0, 0, 3, 2];

    public static IReadOnlyList<GoldenRecipe> All { get; } =
        [.. Good(), .. BadSmall(), .. BadBytes(), .. BadMaps(), .. BadFrames(), .. Unsupported()];

    private static IEnumerable<GoldenRecipe> Good()
    {
        var small = ArchiveForge.Small(First);
        var skippable = Start().Frame(0x40, [1, 2], Second).Stored(First).Frame(0x4F, [], []).End(First, 1);
        var newer = new ArchiveForge().Header([0x82, 0, 9, 127, 0x91, 0xC4, 1, 0]).Stored(First).End(First, 1);
        yield return new("good-small-empty", "no content, the shortest archive", ArchiveForge.Small([]), Content: []);
        yield return new("good-small-stored", "stored content in the small form", small, Content: First);
        yield return new("good-small-twice", "two small archives, one behind the other", [.. small, .. ArchiveForge.Small(Second)], Content: Both);
        yield return Works("good-large-empty", "no content in the large form: an end frame alone", Start().End([], 0), []);
        yield return Works("good-large-stored", "one frame in the large form", Start().Stored(First).End(First, 1), First);
        yield return Works("good-frames", "two frames and an end frame, no index", TwoFrames().End(Both, 2), Both);
        yield return Works("good-frames-index", "two frames, an index, an end frame with a footer", WithIndex(), Both);
        yield return Works(
            "good-concatenated", "a small and a large archive, zero padding after each",
            new ArchiveForge().Append(small, new byte[5], WithIndex().Bytes, new byte[512]), [.. First, .. Both]);
        yield return Works("good-skippable", "frames of other programs around a data frame", skippable, First);
        yield return Works("good-newer-minor", "minor version 9 and an unknown ancillary field", newer, First);
    }

    private static IEnumerable<GoldenRecipe> BadSmall()
    {
        var small = ArchiveForge.Small(First);
        byte[] text = [0x42, 0, 0, 0, 0, 45, 46];
        byte[] bomb = [0x42, 0, 0, 0, 0, 45, 47];
        yield return Bad("bad-small-cut-tag", "ends before the tag", NacrithErrorCode.Truncated, small[..4]);
        yield return Bad("bad-small-cut-length", "ends before the length", NacrithErrorCode.Truncated, small[..5]);
        yield return Bad("bad-small-cut-body", "ends inside the content", NacrithErrorCode.Truncated, small[..30]);
        yield return Bad("bad-small-cut-check", "ends inside the check", NacrithErrorCode.Truncated, small[..^1]);
        yield return Bad("bad-small-content", "one bit of the stored content flipped", NacrithErrorCode.Checksum, Flip(small, 20));
        yield return Bad("bad-small-check", "one bit of the check flipped", NacrithErrorCode.Checksum, Flip(small, small.Length - 1));
        yield return Bad("bad-small-shorter", "claims one byte less than is stored", NacrithErrorCode.Checksum, ArchiveForge.Small([0, 44], First, First));
        yield return Bad("bad-small-longer", "claims one byte more than is stored", NacrithErrorCode.Truncated, ArchiveForge.Small([0, 46], First, First));
        yield return BadTag("bad-small-stored-profile", "stored content with a profile", 0x02);
        yield return BadTag("bad-small-stored-transform", "stored content with a transform", 0x10);
        yield return BadTag("bad-small-stored-dictionary", "stored content with a dictionary", 0x20);
        yield return BadTag("bad-small-no-profile", "text without a profile", 0x40);
        yield return BadTag("bad-small-bytes-transform", "coded bytes with a transform", 0x92);
        yield return BadSmallHead("bad-small-length-form", "content length in a byte too many", [0, 0xAD, 0], First);
        yield return BadSmallHead("bad-small-too-long", "claims 4 MiB and a byte of content", [0, 0x81, 0x80, 0x80, 0x02], First);
        yield return BadSmallHead("bad-small-body-too-long", "claims a body of 2^28 - 1 bytes", [0x42, 0, 0, 0, 0, 45, 0xFF, 0xFF, 0xFF, 0x7F], First);
        yield return BadSmallHead("bad-small-empty-coded", "codes an empty content", [0x42, 0, 0, 0, 0, 0, 1], [0]);
        yield return BadSmallHead("bad-small-no-tokens", "a body without its number of tokens", [0x42, 0, 0, 0, 0, 45, 0], []);
        yield return BadSmallHead("bad-small-token-bomb", "claims 136 tokens for 45 bytes", bomb, [0x88, 1, .. First]);
        yield return BadSmallHead("bad-small-transform-0", "transform 0 written out", [0x52, .. text.AsSpan(1)], [0, .. First]);
        yield return BadSmallHead("bad-small-one-region", "a list of one region", [0xC2, 0, 0, 0, 0, 45, 48], [1, 2, 45, .. First]);
        yield return BadSmallHead("bad-small-region-sum", "regions one byte longer than the content", [0xC2, 0, 0, 0, 0, 45, 50], [2, 2, 45, 2, 1, .. First]);
        yield return BadSmallHead("bad-small-rest", "a byte after the last section", [0xC2, 0, 0, 0, 0, 45, 51], [2, 2, 44, 2, 1, .. First, 0]);
    }

    private static IEnumerable<GoldenRecipe> BadBytes()
    {
        var large = Start().Stored(First).End(First, 1).Bytes;
        byte[] textMode = [.. large];
        textMode[4] = (byte)'\n';
        byte[] longMode = [.. large[..5], .. large[6..]];
        yield return Bad("bad-empty-input", "no bytes at all", NacrithErrorCode.NotAnArchive, []);
        yield return Bad("bad-plain-text", "not an archive", NacrithErrorCode.NotAnArchive, First);
        yield return Bad("bad-text-mode", "CR of the magic changed to LF: a small archive's tag, and not a valid one", NacrithErrorCode.Corrupt, textMode);
        yield return Bad("bad-text-mode-cut", "LF of the magic left out", NacrithErrorCode.NotAnArchive, longMode);
        yield return Bad("bad-padding-first", "zero padding before the magic", NacrithErrorCode.NotAnArchive, [0, .. large]);
        yield return Bad("bad-cut-magic", "ends inside the magic", NacrithErrorCode.Truncated, large[..6]);
        yield return Bad("bad-cut-header", "ends inside the archive header", NacrithErrorCode.Truncated, large[..14]);
        yield return Bad("bad-cut-payload", "ends inside a payload", NacrithErrorCode.Truncated, large[..60]);
        yield return Bad("bad-no-end", "ends after a data frame, without an end frame", NacrithErrorCode.Truncated, TwoFrames().Bytes);
        yield return Bad("bad-header-checksum", "archive header checksum off by one bit", NacrithErrorCode.Corrupt, Flip(large, 11));
        yield return Bad("bad-major-flipped", "a bit of the major version flipped", NacrithErrorCode.Corrupt, Flip(large, 8));
        yield return Bad("bad-frame-checksum", "frame head checksum off by one bit", NacrithErrorCode.Corrupt, Flip(large, 36));
        yield return Bad("bad-payload", "one bit of the payload flipped", NacrithErrorCode.Corrupt, Flip(large, 50));
        yield return Bad("bad-payload-checksum", "payload checksum off by one bit", NacrithErrorCode.Corrupt, Flip(large, 19 + 25 + 46 + 7));
        yield return Bad("bad-trailing", "foreign bytes after the archive", NacrithErrorCode.Corrupt, [.. large, .. "junk"u8]);
        yield return Bad("bad-second-magic", "damaged magic of a second archive", NacrithErrorCode.Corrupt, [.. large, .. Flip(large, 0)]);
    }

    private static IEnumerable<GoldenRecipe> BadMaps()
    {
        yield return BadHeader("bad-map-empty", "empty map encoded as 80", [0x80]);
        yield return BadHeader("bad-map-long-integer", "level 1 encoded in two bytes", [0x81, 4, 0xCC, 1]);
        yield return BadHeader("bad-map-duplicate", "the same key twice", [0x82, 4, 1, 4, 1]);
        yield return BadHeader("bad-map-unsorted", "keys in descending order", [0x82, 5, 45, 4, 1]);
        yield return BadHeader("bad-map-rest", "a byte after the map", [0x81, 4, 1, 0]);
        yield return BadHeader("bad-map-cut", "binary longer than the map", [0x81, 1, 0xC6, 0xFF, 0xFF, 0xFF, 0xFF]);
        yield return BadHeader("bad-map-deep", "an ancillary value nested too deeply", [0x81, 127, .. Enumerable.Repeat<byte>(0x91, 500), 0]);
        yield return BadHeader("bad-map-float", "a float", [0x81, 5, 0xCB, 0x3F, 0xF0, 0, 0, 0, 0, 0, 0]);
        yield return BadHeader("bad-parameters-unsorted", "parameters out of order", [0x81, 6, 0x82, 0xA1, (byte)'b', 1, 0xA1, (byte)'a', 1]);
        yield return BadHeader("bad-profile-parameters", "a profile and parameters", [0x82, 3, 2, 6, 0x81, 0xA1, (byte)'a', 1]);
        yield return BadHeader("bad-dictionary-alone", "a dictionary and no model", [0x81, 2, 0xC4, 4, 0, 0, 0, 0]);
        yield return BadHeader("bad-model-length", "five bytes of a model's hash", [0x81, 1, 0xC4, 5, 0, 0, 0, 0, 0]);
        yield return BadHeader("bad-length-short", "header claims one byte less than the content", [0x81, 5, 44]);
        yield return BadHeader("bad-length-long", "header claims one byte more than the content", [0x81, 5, 46]);
    }

    private static IEnumerable<GoldenRecipe> BadFrames()
    {
        byte[] text = [0x40, 9, .. First];
        var wrongCheck = ArchiveForge.DataMap([.. Second, .. Second[..20]]);
        yield return BadFrame("bad-frame-no-check", "no content check", Start().Frame(Data, [0x81, 0, 45], FirstBody).End(First, 1));
        yield return BadFrame("bad-frame-no-length", "no content length", Start().Frame(Data, [0x81, .. Check], FirstBody).End(First, 1));
        yield return BadFrame("bad-frame-empty", "a data frame without content", Start().Stored([]).End([], 1));
        yield return BadFrame("bad-frame-no-body", "a data frame without a body", Start().Frame(Data, FirstMap, []).End(First, 1));
        yield return BadFrame("bad-frame-huge", "claims a payload of 2^40 bytes", Start().Head(Data, FirstMap, 1L << 40));
        yield return BadFrame("bad-body-longer", "stores one byte more than the content", Start().Frame(Data, FirstMap, [.. FirstBody, 0]).End(First, 1));
        yield return BadFrame("bad-body-profile", "a profile in the tag of a data frame", WithModel().Frame(Data, FirstMap, [0x42, 9, .. First]).End(First, 1));
        yield return BadFrame("bad-text-no-model", "text, but the header names no model", new ArchiveForge().Header([0x81, 3, 2]).Frame(Data, FirstMap, text).End(First, 1));
        yield return BadFrame("bad-text-no-profile", "text, but the header names no parameters", new ArchiveForge().Header([0x81, 1, 0xC4, 4, 0, 0, 0, 0]).Frame(Data, FirstMap, text).End(First, 1));
        yield return BadFrame("bad-token-bomb", "claims 2^31-1 tokens for 45 bytes", WithModel().Frame(Data, FirstMap, [0x40, 0xFF, 0xFF, 0xFF, 0xFF, 7, .. First]).End(First, 1));
        yield return BadFrame("bad-end-count", "end frame claims one frame too many", TwoFrames().End(Both, 3));
        yield return BadFrame("bad-end-length", "end frame claims another content length", TwoFrames().End(First, 2));
        yield return BadFrame("bad-index-offset", "second index entry one byte off", WithIndex(offsetError: 1));
        yield return BadFrame("bad-index-footer", "footer points one byte too far", WithIndex(footerError: 1));
        yield return BadFrame("bad-index-no-footer", "an index, but no footer in the end frame", WithIndex(footer: false));
        yield return BadFrame("bad-index-first", "an index before any data frame", Start().Frame(Index, [], []).End([], 0));
        yield return Bad(
            "bad-content-check", "stored content with a wrong check", NacrithErrorCode.Checksum, Start().Frame(Data, wrongCheck, FirstBody).End(First, 1).Bytes);
        yield return Bad(
            "bad-swapped", "two frames swapped", NacrithErrorCode.Checksum,
            Start().Stored(Second).Stored(First).End(Both, 2).Bytes);
    }

    private static IEnumerable<GoldenRecipe> Unsupported()
    {
        byte[] newField = [0x83, 0, 45, .. Check, 63, 0];
        yield return New("unsupported-major-2", "format version 2", new ArchiveForge().Header([], major: 2));
        yield return New("unsupported-flag", "an unknown flag", new ArchiveForge().Header([], flags: 0x80));
        yield return New("unsupported-header-field", "an unknown critical field of the archive header", new ArchiveForge().Header([0x81, 63, 0]));
        yield return New("unsupported-frame-field", "an unknown critical field of a frame", Start().Frame(Data, newField, FirstBody).End(First, 1));
        yield return New("unsupported-frame-type", "an unknown frame type", Start().Frame(0x05, [], First).End([], 0));
        yield return New("unsupported-small-profile", "the reserved profile 15", new ArchiveForge().Append(ArchiveForge.Small([0x4F, 0, 0, 0, 0, 45, 46], [9, .. First], First)));
    }

    private static GoldenRecipe Works(string name, string what, ArchiveForge archive, byte[] content) =>
        new(name, what, archive.Bytes, Content: content);

    private static GoldenRecipe Bad(string name, string what, NacrithErrorCode code, byte[] bytes) =>
        new(name, what, bytes, code);

    private static GoldenRecipe BadTag(string name, string what, byte tag) => BadSmallHead(name, what, [tag, 45], First);

    private static GoldenRecipe BadSmallHead(string name, string what, byte[] head, byte[] rest) =>
        Bad(name, what, NacrithErrorCode.Corrupt, ArchiveForge.Small(head, rest, First));

    private static GoldenRecipe BadHeader(string name, string what, byte[] map) => Bad(
        name, what, NacrithErrorCode.Corrupt, new ArchiveForge().Header(map).Stored(First).End(First, 1).Bytes);

    private static GoldenRecipe BadFrame(string name, string what, ArchiveForge archive) =>
        Bad(name, what, NacrithErrorCode.Corrupt, archive.Bytes);

    private static GoldenRecipe New(string name, string what, ArchiveForge archive) =>
        Bad(name, what, NacrithErrorCode.UnsupportedVersion, archive.Bytes);

    private static ArchiveForge Start() => new ArchiveForge().Header([]);

    private static ArchiveForge WithModel() => new ArchiveForge().Header(ModelMap);

    private static ArchiveForge TwoFrames() => Start().Stored(First).Stored(Second);

    private static ArchiveForge WithIndex(int offsetError = 0, int footerError = 0, bool footer = true)
    {
        long firstOffset = Start().Length;
        long secondOffset = Start().Stored(First).Length;
        var forge = TwoFrames();
        long indexOffset = forge.Length;
        long[] entries = [firstOffset, 0, secondOffset + offsetError, First.Length];
        forge.Frame(Index, [], [.. entries.SelectMany(BitConverter.GetBytes)]);
        long length = forge.Length + EndHeadLength + 24 + 8;
        byte[] tail = [.. new[] { length - indexOffset + footerError, length }.SelectMany(BitConverter.GetBytes), .. "NCXINDEX"u8];
        return forge.End(Both, 2, footer ? tail : null);
    }

    private static byte[] Flip(byte[] bytes, int index)
    {
        byte[] flipped = [.. bytes];
        flipped[index] ^= 1;
        return flipped;
    }
}
