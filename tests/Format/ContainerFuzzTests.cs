using NacrithOnnx.Format;
using NacrithOnnx.Tests.Support;
using Xunit.Abstractions;

namespace NacrithOnnx.Tests.Format;

/// <summary>
/// Structured fuzzing: fields are mutated and the checksums updated, so that mutations reach the parsers. The only
/// exception allowed is <see cref="NacrithException"/>.
/// </summary>
public sealed class ContainerFuzzTests(ITestOutputHelper output)
{
    private const double Seconds = 1;

    [Fact]
    public void Mutated_archive_headers_are_read_or_refused() => Fuzz(random =>
    {
        var map = MapOf(StoredCodec.Compress("abc"u8, header: ArchiveSamples.FullHeader(3), mixed: true), offset: 10);
        return new ArchiveForge().Header(Mutation.Of(map, random)).Stored("abc"u8.ToArray()).End("abc"u8.ToArray(), 1).Bytes;
    });

    [Fact]
    public void Mutated_frames_are_read_or_refused() => Fuzz(random =>
    {
        var content = ArchiveSamples.Content(40);
        var good = StoredCodec.Compress(content, header: ArchiveSamples.FullHeader(40), mixed: true);
        var frame = ArchiveListing.Read(new MemoryStream(good))[0].Frames[0];
        var map = MapOf(good, (int)frame.Offset + 1, lengths: 2);
        byte[] body = [0xC0, 2, 0, 0, 20, 2, 20, 10, 5, .. content];
        var type = (byte)random.Next(1, 4);
        return new ArchiveForge()
            .Append(good[..(int)frame.Offset]).Frame(type, Mutation.Of(map, random), Mutation.Of(body, random)).End(content, 1).Bytes;
    });

    [Fact]
    public void Mutated_small_archives_are_read_or_refused() => Fuzz(random =>
    {
        var content = ArchiveSamples.Content(40);
        byte[] head = [0xC3, 1, 2, 3, 4, 40, 28];
        byte[] rest = [3, 0, 0, 20, 2, 15, 1, 5, 9, 4, .. content.AsSpan(0, 18)];
        return random.Next(2) == 0
            ? ArchiveForge.Small(Mutation.Of(head, random), rest, content)
            : ArchiveForge.Small(head, Mutation.Of(rest, random), content);
    });

    [Fact]
    public void Mutated_indexes_are_read_or_refused() => Fuzz(random =>
    {
        var content = "frame"u8.ToArray();
        var forge = new ArchiveForge().Header([]).Stored(content);
        var indexOffset = forge.Length;
        forge.Frame(2, [], Mutation.Of([19, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], random));
        var length = forge.Length + 3 + 40 + 8 + 24 + 8;
        byte[] footer = [.. BitConverter.GetBytes((long)length - indexOffset), .. BitConverter.GetBytes((long)length)];
        footer = random.Next(2) == 0 ? footer : Mutation.Of(footer, random);
        return forge.End(content, 1, [.. footer, .. "NCXINDEX"u8]).Bytes;
    });

    [Fact]
    public void Mutated_archives_are_refused_or_unchanged()
    {
        byte[][] samples = [.. ArchiveSamples.Names.Select(ArchiveSamples.Make)];
        var genuine = samples.Select(archive => Convert.ToHexString(StoredCodec.Decompress(archive))).ToHashSet();
        Fuzz(
            random => Mutation.Of(samples[random.Next(samples.Length)], random),
            content => Assert.Contains(Convert.ToHexString(content), genuine));
    }

    private void Fuzz(Func<Random, byte[]> make, Action<byte[]>? check = null)
    {
        var random = new Random(FuzzBudget.Seed);
        var budget = new FuzzBudget(Seconds);
        var inputs = 0;
        var read = 0;
        var refused = 0;
        for (; budget.IsLeft; inputs++)
        {
            var input = make(random);
            foreach (var decode in new Action<byte[]>[] { archive => Decompress(archive, check), List, ReadByMap })
            {
                try
                {
                    decode(input);
                    read++;
                }
                catch (NacrithException)
                {
                    refused++;
                }
                catch (Exception failure)
                {
                    Assert.Fail($"Seed {FuzzBudget.Seed}, input {Convert.ToHexString(input)}: {failure}");
                }
            }
        }

        output.WriteLine($"Seed {FuzzBudget.Seed}: {inputs} inputs; {read} read, {refused} refused.");
        Assert.True(refused > 0);
    }

    private static void Decompress(byte[] archive, Action<byte[]>? check)
    {
        var content = StoredCodec.Decompress(archive);
        check?.Invoke(content);
    }

    private static void List(byte[] archive) => ArchiveListing.Read(new MemoryStream(archive));

    private static void ReadByMap(byte[] archive)
    {
        var map = ContentMap.Read(new MemoryStream(archive));
        foreach (var location in map.Frames)
        {
            map.ReadFrame(location);
        }
    }

    private static byte[] MapOf(byte[] archive, int offset, int lengths = 1)
    {
        var length = archive[offset] & 0x7F;
        for (var shift = 7; (archive[offset++] & 0x80) != 0; shift += 7)
        {
            length |= (archive[offset] & 0x7F) << shift;
        }

        offset += lengths - 1;
        return archive[offset..(offset + length)];
    }
}
