using NacrithOnnx.Tests.Support;

namespace NacrithOnnx.Tests.Reliability.Mutations;

/// <summary>
/// Archives with one thing changed, for each field and rule of docs/format.md. If the change itself is not
/// damage, everything else is adjusted to it: lengths, checksums, index and footer.
/// </summary>
internal static partial class MutationCorpus
{
    /// <summary>
    /// Swapped frames are valid one by one: only the hash of all content differs, which a seek does not read.
    /// </summary>
    public const string Exchanged = "data frames exchanged";

    // Lazy, because the fields of the other parts are initialized first.
    private static readonly Lazy<IReadOnlyList<MutationRecipe>> LazyAll = new(() =>
        [.. Streams(), .. SmallArchives(), .. Headers(), .. Parameters(), .. Maps(), .. Frames(), .. DataFrames(), .. Bodies(), .. Indexes(), .. Ends()]);

    public static IReadOnlyList<MutationRecipe> All => LazyAll.Value;

    private static MutationRecipe Change(
        (byte[] Archive, byte[] Content) sample, string name, NacrithErrorCode? code, Action<ArchiveParts> change,
        DecompressOptions? options = null)
    {
        var parts = ArchiveParts.Of(sample.Archive);
        change(parts);
        return new MutationRecipe(name, code, parts.Assemble(), sample.Content, options ?? new DecompressOptions());
    }

    /// <summary>A non-negative number below 2^32, or −32 to −1, as MessagePack.</summary>
    private static byte[] Int(long value) => value < 0 ? [(byte)value] : ArchiveForge.Int(value);

    /// <summary>A str of up to 255 bytes as MessagePack.</summary>
    private static byte[] Text(string value) => value.Length < 32
        ? [(byte)(0xA0 + value.Length), .. value.Select(character => (byte)character)]
        : [0xD9, (byte)value.Length, .. value.Select(character => (byte)character)];

    /// <summary>A bin of up to 255 bytes as MessagePack.</summary>
    private static byte[] Binary(byte[] value) => [0xC4, (byte)value.Length, .. value];

    private static byte[] Flip(byte[] bytes, int index)
    {
        byte[] flipped = [.. bytes];
        flipped[index] ^= 1;
        return flipped;
    }
}
