using NacrithOnnx.Format;
using NacrithOnnx.Tests.Support;

namespace NacrithOnnx.Tests.Format;

/// <summary>All damage is detected: every flipped bit, every truncation, every removed or inserted byte.</summary>
public sealed class DamageTests
{
    public static TheoryData<string> Samples => new(ArchiveSamples.Names);

    [Theory]
    [MemberData(nameof(Samples))]
    public void Every_flipped_bit_is_refused(string name)
    {
        var archive = ArchiveSamples.Make(name);
        for (var bit = 0; bit < 8 * archive.Length; bit++)
        {
            archive[bit / 8] ^= (byte)(1 << (bit % 8));
            AssertRefused(archive, $"bit {bit}");
            archive[bit / 8] ^= (byte)(1 << (bit % 8));
        }
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void Every_truncation_is_refused(string name)
    {
        var archive = ArchiveSamples.Make(name);

        // A cut between two concatenated archives leaves a valid archive.
        var boundary = name == "concatenated" ? (int)ArchiveListing.Read(new MemoryStream(archive))[0].Length : -1;
        for (var length = 0; length < archive.Length; length++)
        {
            if (length != boundary)
            {
                AssertRefused(archive[..length], $"length {length}");
                Assert.ThrowsAny<NacrithException>(() => StoredCodec.Decompress(new TruncatedStream(archive, length)));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void Every_removed_byte_is_refused(string name)
    {
        var archive = ArchiveSamples.Make(name);
        for (var index = 0; index < archive.Length; index++)
        {
            AssertRefused([.. archive[..index], .. archive[(index + 1)..]], $"byte {index}");
        }
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void Every_inserted_byte_is_refused(string name)
    {
        var archive = ArchiveSamples.Make(name);
        for (var index = 0; index < archive.Length; index++)
        {
            AssertRefused([.. archive[..index], 0x00, .. archive[index..]], $"zero at {index}", zeroAt: index);
            AssertRefused([.. archive[..index], archive[index], .. archive[index..]], $"double {index}", zeroAt: index);
        }
    }

    [Fact]
    public void Reordered_frames_are_refused()
    {
        var archive = ArchiveSamples.Make("frames without index");
        var frames = ArchiveListing.Read(new MemoryStream(archive))[0].Frames;
        var (first, second) = (frames[0], frames[1]);
        byte[] swapped =
        [
            .. archive[..(int)first.Offset],
            .. archive[(int)second.Offset..(int)(second.Offset + second.Length)],
            .. archive[(int)first.Offset..(int)second.Offset],
            .. archive[(int)(second.Offset + second.Length)..],
        ];

        Assert.Throws<ChecksumException>(() => StoredCodec.Decompress(swapped));
    }

    [Fact]
    public void Wrongly_decoded_content_is_refused()
    {
        var archive = ArchiveSamples.Make("small stored");
        using var reader = new ContainerReader(new MemoryStream(archive));
        reader.TryReadArchive(out _);
        reader.TryReadDataFrame(out var frame);
        using var verifier = new ContentVerifier();

        Assert.Throws<ChecksumException>(() => verifier.Add(frame!, new byte[40]));
        Assert.Throws<ChecksumException>(() => verifier.Add(frame!, ArchiveSamples.Content(40).AsSpan(1)));
    }

    private static void AssertRefused(byte[] damaged, string what, int zeroAt = -1)
    {
        // A zero between two concatenated archives is valid padding.
        var magic = FormatConstants.Magic[..ArchiveForms.CommonMagicLength];
        if (zeroAt > 0 && damaged[zeroAt] == 0 && damaged.AsSpan(zeroAt + 1).StartsWith(magic))
        {
            return;
        }

        try
        {
            StoredCodec.Decompress(damaged);
        }
        catch (NacrithException)
        {
            return;
        }

        Assert.Fail($"Damaged archive decoded: {what}.");
    }
}
