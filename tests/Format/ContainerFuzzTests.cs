using System.Diagnostics;
using NacrithOnnx.Format;
using NacrithOnnx.Tests.Support;
using Xunit.Abstractions;

namespace NacrithOnnx.Tests.Format;

/// <summary>
/// Structured fuzzing: mutations below the checksums, which are then put right, so that the parsers behind them are
/// reached. Whatever comes in, only a <see cref="NacrithException"/> may come out.
/// </summary>
public sealed class ContainerFuzzTests(ITestOutputHelper output)
{
    private const int Seed = 20261123;
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(1);

    [Fact]
    public void Mutated_archive_headers_are_read_or_refused() => Fuzz(random =>
    {
        var header = ArchiveSamples.FullHeader(3);
        byte[] map = MapOf(StoredCodec.Compress("abc"u8, header: header, mixed: true), offset: 10);
        return new ArchiveForge().Header(Mutate(map, random)).Frame(2, ArchiveForge.StoredMap("abc"u8.ToArray()), "abc"u8.ToArray()).Bytes;
    });

    [Fact]
    public void Mutated_frame_headers_are_read_or_refused() => Fuzz(random =>
    {
        byte[] content = ArchiveSamples.Content(40);
        byte[] good = StoredCodec.Compress(content, mixed: true);
        var frame = ArchiveListing.Read(new MemoryStream(good))[0].Frames[0];
        byte[] map = MapOf(good, (int)frame.Offset + 1, lengths: 2);
        byte type = (byte)random.Next(1, 5);
        return new ArchiveForge()
            .Append(good[..(int)frame.Offset]).Frame(type, Mutate(map, random), Mutate(content, random)).End(content, 1).Bytes;
    });

    [Fact]
    public void Mutated_indexes_are_read_or_refused() => Fuzz(random =>
    {
        byte[] content = "frame"u8.ToArray();
        var forge = new ArchiveForge().Header([]).Frame(1, ArchiveForge.StoredMap(content), content);
        int indexOffset = forge.Length;
        forge.Frame(3, [], Mutate([19, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], random));
        int length = forge.Length + 3 + 40 + 8 + 24 + 8;
        byte[] footer = [.. BitConverter.GetBytes((long)length - indexOffset), .. BitConverter.GetBytes((long)length)];
        footer = random.Next(2) == 0 ? footer : Mutate(footer, random);
        return forge.End(content, 1, [.. footer, .. "NCXINDEX"u8]).Bytes;
    });

    [Fact]
    public void Mutated_archives_are_refused_or_unchanged()
    {
        byte[][] samples = [.. ArchiveSamples.Names.Select(ArchiveSamples.Make)];
        var genuine = samples.Select(archive => Convert.ToHexString(StoredCodec.Decompress(archive))).ToHashSet();
        Fuzz(
            random => Mutate(samples[random.Next(samples.Length)], random),
            content => Assert.Contains(Convert.ToHexString(content), genuine));
    }

    [Fact]
    public void Random_MessagePack_never_moves_the_reader_past_its_end() => Fuzz(random =>
    {
        byte[] bytes = new byte[random.Next(40)];
        random.NextBytes(bytes);
        var reader = new MessagePackReader(bytes);
        while (reader.TrySkip() == MessagePackResult.Success)
        {
            Assert.InRange(reader.Consumed, 1, bytes.Length);
        }

        return bytes;
    });

    private void Fuzz(Func<Random, byte[]> make, Action<byte[]>? check = null)
    {
        var random = new Random(Seed);
        var watch = Stopwatch.StartNew();
        int read = 0;
        int refused = 0;
        while (watch.Elapsed < Duration)
        {
            byte[] input = make(random);
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
                    Assert.Fail($"Seed {Seed}, input {Convert.ToHexString(input)}: {failure}");
                }
            }
        }

        output.WriteLine($"Seed {Seed}: {read} read, {refused} refused.");
        Assert.True(refused > 0);
    }

    private static void Decompress(byte[] archive, Action<byte[]>? check)
    {
        byte[] content = StoredCodec.Decompress(archive);
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
        int length = archive[offset] & 0x7F;
        for (int shift = 7; (archive[offset++] & 0x80) != 0; shift += 7)
        {
            length |= (archive[offset] & 0x7F) << shift;
        }

        offset += lengths - 1;
        return archive[offset..(offset + length)];
    }

    /// <summary>Overwrites, removes, inserts or doubles a few bytes, in favour of those that mean something.</summary>
    private static byte[] Mutate(byte[] source, Random random)
    {
        byte[] interesting = [0x00, 0x01, 0x7F, 0x80, 0x81, 0x90, 0x9F, 0xC0, 0xC4, 0xC6, 0xCC, 0xCF, 0xD3, 0xDB, 0xDD, 0xDF, 0xFF];
        var bytes = new List<byte>(source);
        for (int count = random.Next(1, 4); count > 0 && bytes.Count > 0; count--)
        {
            int index = random.Next(bytes.Count);
            switch (random.Next(5))
            {
                case 0:
                    bytes[index] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes[index] = interesting[random.Next(interesting.Length)];
                    break;
                case 2:
                    bytes.RemoveRange(index, Math.Min(random.Next(1, 4), bytes.Count - index));
                    break;
                case 3:
                    bytes.Insert(index, interesting[random.Next(interesting.Length)]);
                    break;
                default:
                    bytes.InsertRange(index, bytes.GetRange(index, Math.Min(random.Next(1, 9), bytes.Count - index)));
                    break;
            }
        }

        return [.. bytes];
    }
}
