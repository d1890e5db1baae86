using NacrithOnnx.Tests.Support;

namespace NacrithOnnx.Tests.Golden;

/// <summary>
/// Recipes of the golden archives that need no model. They build the bytes without the library's writer, so a change to
/// the writer cannot change them.
/// </summary>
internal static class GoldenRecipes
{
    private const byte Data = 0x01;
    private const byte Sole = 0x02;
    private const byte Index = 0x03;

    /// <summary>Head and checksum of an end frame with totals below 128.</summary>
    private const int EndHeadLength = 3 + 40 + 8;

    private static readonly byte[] First = "A golden archive holds its first frame here.\n"u8.ToArray();
    private static readonly byte[] Second = "And its second one here.\n"u8.ToArray();
    private static readonly byte[] Both = [.. First, .. Second];
    private static readonly byte[] FirstMap = ArchiveForge.StoredMap(First);
    private static readonly byte[] SecondMap = ArchiveForge.StoredMap(Second);
    private static readonly byte[] FirstHash = ArchiveForge.ContentHash(First);

    /// <summary>Fields 1 to 3 of an archive header: zero hashes, arithmetic "a".</summary>
    private static readonly byte[] IdentityMap =
        [0x83, 1, 0xC4, 32, .. new byte[32], 2, 0xC4, 32, .. new byte[32], 3, 0xA1, (byte)'a'];

    public static IReadOnlyList<GoldenRecipe> All { get; } = [.. Good(), .. BadBytes(), .. BadMaps(), .. BadFrames(), .. Unsupported()];

    private static IEnumerable<GoldenRecipe> Good()
    {
        var sole = Start().Frame(Sole, FirstMap, First);
        var skippable = Start().Frame(0x40, [1, 2], Second).Frame(Data, FirstMap, First).Frame(0x4F, [], []).End(First, 1);
        var newer = new ArchiveForge().Header([0x82, 0, 9, 127, 0x91, 0xC4, 1, 0]).Frame(Sole, FirstMap, First);
        yield return Works("good-empty", "no content: a sole frame with an empty payload", Start().Frame(Sole, ArchiveForge.StoredMap([]), []), []);
        yield return Works("good-sole-stored", "one stored frame, the shortest form", sole, First);
        yield return Works("good-frames", "two frames and an end frame, no index", TwoFrames().End(Both, 2), Both);
        yield return Works("good-frames-index", "two frames, an index, an end frame with a footer", WithIndex(), Both);
        yield return Works(
            "good-concatenated", "two archives, zero padding after each",
            new ArchiveForge().Append(sole.Bytes, new byte[5], WithIndex().Bytes, new byte[512]), [.. First, .. Both]);
        yield return Works("good-skippable", "frames of other programs around a data frame", skippable, First);
        yield return Works("good-newer-minor", "minor version 9 and an unknown ancillary field", newer, First);
    }

    private static IEnumerable<GoldenRecipe> BadBytes()
    {
        var sole = Start().Frame(Sole, FirstMap, First).Bytes;
        byte[] textMode = [.. sole];
        textMode[4] = (byte)'\n';
        yield return Bad("bad-empty-input", "no bytes at all", NacrithErrorCode.NotAnArchive, []);
        yield return Bad("bad-plain-text", "not an archive", NacrithErrorCode.NotAnArchive, First);
        yield return Bad("bad-text-mode", "CR of the magic changed to LF", NacrithErrorCode.NotAnArchive, textMode);
        yield return Bad("bad-padding-first", "zero padding before the magic", NacrithErrorCode.NotAnArchive, [0, .. sole]);
        yield return Bad("bad-cut-magic", "ends inside the magic", NacrithErrorCode.Truncated, sole[..5]);
        yield return Bad("bad-cut-header", "ends inside the archive header", NacrithErrorCode.Truncated, sole[..14]);
        yield return Bad("bad-cut-payload", "ends inside a payload", NacrithErrorCode.Truncated, sole[..^20]);
        yield return Bad("bad-no-end", "ends after a data frame, without an end frame", NacrithErrorCode.Truncated, TwoFrames().Bytes);
        yield return Bad("bad-header-checksum", "archive header checksum off by one bit", NacrithErrorCode.Corrupt, Flip(sole, 11));
        yield return Bad("bad-major-flipped", "a bit of the major version flipped", NacrithErrorCode.Corrupt, Flip(sole, 8));
        yield return Bad("bad-frame-checksum", "frame head checksum off by one bit", NacrithErrorCode.Corrupt, Flip(sole, 42));
        yield return Bad("bad-payload", "one bit of the payload flipped", NacrithErrorCode.Corrupt, Flip(sole, 60));
        yield return Bad("bad-payload-checksum", "payload checksum off by one bit", NacrithErrorCode.Corrupt, Flip(sole, sole.Length - 1));
        yield return Bad("bad-trailing", "foreign bytes after the archive", NacrithErrorCode.Corrupt, [.. sole, .. "junk"u8]);
        yield return Bad("bad-second-magic", "damaged magic of a second archive", NacrithErrorCode.Corrupt, [.. sole, .. Flip(sole, 0)]);
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
        yield return BadHeader("bad-identity-partial", "a model without tokenizer and arithmetic", [0x81, 1, 0xC4, 32, .. new byte[32]]);
        yield return BadHeader("bad-length-short", "header claims one byte less than the content", [0x81, 5, 44]);
        yield return BadHeader("bad-length-long", "header claims one byte more than the content", [0x81, 5, 46]);
    }

    private static IEnumerable<GoldenRecipe> BadFrames()
    {
        byte[] bomb = [0x86, .. FirstHash, 1, 0x93, 0, 0, 45, 2, 0xCE, 0x7F, 0xFF, 0xFF, 0xFF, 3, 1, 4, 0, 5, 45];
        byte[] text = [0x86, .. FirstHash, 1, 0x93, 0, 0, 45, 2, 9, 3, 1, 4, 0, 5, 45];
        var wrongHash = ArchiveForge.StoredMap(Second);
        yield return BadFrame("bad-frame-no-hash", "no content hash", Start().Frame(Sole, [], First));
        yield return BadFrame("bad-frame-empty", "a data frame without content", Start().Frame(Data, ArchiveForge.StoredMap([]), []).End([], 1));
        yield return BadFrame("bad-frame-huge", "claims a payload of 2^40 bytes", Start().Head(Data, FirstMap, 1L << 40));
        yield return BadFrame("bad-regions-sum", "regions longer than the payload", Start().Frame(Sole, [0x82, .. FirstHash, 1, 0x96, 2, 0, 45, 2, 0, 1], First));
        yield return BadFrame("bad-regions-plain", "a single stored region is listed", Start().Frame(Sole, [0x82, .. FirstHash, 1, 0x93, 2, 0, 45], First));
        yield return BadFrame("bad-token-bomb", "claims 2^31-1 tokens for 45 bytes", new ArchiveForge().Header(IdentityMap).Frame(Sole, bomb, First));
        yield return BadFrame("bad-text-no-model", "text, but the header names no model", Start().Frame(Sole, text, First));
        yield return BadFrame("bad-sole-second", "a sole frame after a data frame", Start().Frame(Data, FirstMap, First).Frame(Sole, SecondMap, Second));
        yield return BadFrame("bad-end-count", "end frame claims one frame too many", TwoFrames().End(Both, 3));
        yield return BadFrame("bad-end-length", "end frame claims another content length", TwoFrames().End(First, 2));
        yield return BadFrame("bad-index-offset", "second index entry one byte off", WithIndex(offsetError: 1));
        yield return BadFrame("bad-index-footer", "footer points one byte too far", WithIndex(footerError: 1));
        yield return BadFrame("bad-index-no-footer", "an index, but no footer in the end frame", WithIndex(footer: false));
        yield return BadFrame("bad-index-first", "an index before any data frame", Start().Frame(Index, [], []).End([], 0));
        yield return Bad(
            "bad-content-hash", "stored content with a wrong hash", NacrithErrorCode.Checksum, Start().Frame(Sole, wrongHash, First).Bytes);
        yield return Bad(
            "bad-swapped", "two frames swapped", NacrithErrorCode.Checksum,
            Start().Frame(Data, SecondMap, Second).Frame(Data, FirstMap, First).End(Both, 2).Bytes);
    }

    private static IEnumerable<GoldenRecipe> Unsupported()
    {
        byte[] newField = [0x82, .. FirstHash, 63, 0];
        yield return New("unsupported-major-2", "format version 2", new ArchiveForge().Header([], major: 2));
        yield return New("unsupported-flag", "an unknown flag", new ArchiveForge().Header([], flags: 0x80));
        yield return New("unsupported-header-field", "an unknown critical field of the archive header", new ArchiveForge().Header([0x81, 63, 0]));
        yield return New("unsupported-frame-field", "an unknown critical field of a frame", Start().Frame(Sole, newField, First));
        yield return New("unsupported-frame-type", "an unknown frame type", Start().Frame(0x05, [], First).End([], 0));
    }

    private static GoldenRecipe Works(string name, string what, ArchiveForge archive, byte[] content) =>
        new(name, what, archive.Bytes, Content: content);

    private static GoldenRecipe Bad(string name, string what, NacrithErrorCode code, byte[] bytes) =>
        new(name, what, bytes, code);

    private static GoldenRecipe BadHeader(string name, string what, byte[] map) => Bad(
        name, what, NacrithErrorCode.Corrupt, new ArchiveForge().Header(map).Frame(Sole, FirstMap, First).Bytes);

    private static GoldenRecipe BadFrame(string name, string what, ArchiveForge archive) =>
        Bad(name, what, NacrithErrorCode.Corrupt, archive.Bytes);

    private static GoldenRecipe New(string name, string what, ArchiveForge archive) =>
        Bad(name, what, NacrithErrorCode.UnsupportedVersion, archive.Bytes);

    private static ArchiveForge Start() => new ArchiveForge().Header([]);

    private static ArchiveForge TwoFrames() => Start().Frame(Data, FirstMap, First).Frame(Data, SecondMap, Second);

    private static ArchiveForge WithIndex(int offsetError = 0, int footerError = 0, bool footer = true)
    {
        long firstOffset = Start().Length;
        long secondOffset = Start().Frame(Data, FirstMap, First).Length;
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
