using NacrithOnnx.Format;
using NacrithOnnx.Tests.Support;
using Xunit.Abstractions;

namespace NacrithOnnx.Tests.Reliability;

/// <summary>
/// Archives whose checksums are right and whose insides are not, through the whole codec: parameters, frame headers,
/// coded text and coded bytes. The original comes out, or a <see cref="NacrithException"/>; never anything else.
/// </summary>
public sealed class CodecFuzzTests(ITestOutputHelper output) : IDisposable
{
    private const double Seconds = 1;

    private static readonly string[] Parameters =
        ["context", "keep", "byte-memory", "logit-weight", "bias-rate", "bias-decay", "bias-floor", "warm-up", "hidden-rate", "hidden-decay",
            "hidden-floor", "orders", "order-bits", "order-rate", "order-start", "matches", "match-length", "evidence-rate", "evidence-floor", "other"];

    private readonly NacrithCodec _codec = new(new CodecSettings(TinyModel.Codec.Folder, 1) { TriesCoders = false });

    public void Dispose() => _codec.Dispose();

    [Fact]
    public void Mutated_text_is_refused() => Fuzz(CodecSamples.Text, (map, payload, random) => (map, Mutation.Of(payload, random)));

    [Fact]
    public void Mutated_bytes_are_refused() => Fuzz(CodecSamples.Bytes, (map, payload, random) => (map, Mutation.Of(payload, random)));

    [Fact]
    public void Mutated_headers_of_text_are_refused() => Fuzz(CodecSamples.Text, (map, payload, random) => (Mutation.Of(map, random), payload));

    [Fact]
    public void Mutated_headers_of_bytes_are_refused() => Fuzz(CodecSamples.Bytes, (map, payload, random) => (Mutation.Of(map, random), payload));

    [Fact]
    public void Wrong_parameters_are_refused()
    {
        long[] values = [0, 1, 2, 16, 22, 28, 384, 1024, 4096, 8192, 1 << 20, int.MaxValue, uint.MaxValue, -1, long.MinValue, long.MaxValue];
        var archive = CodecSamples.Compress(_codec, CodecSamples.Text);
        using var reader = new ContainerReader(new MemoryStream(archive));
        Assert.True(reader.TryReadArchive(out var header));
        Assert.True(reader.TryReadDataFrame(out var frame));
        Count(CodecSamples.Text, random =>
        {
            var parameters = new Dictionary<string, long>();
            for (var count = random.Next(1, 4); count > 0; count--)
            {
                var value = random.Next(2) == 0
                    ? values[random.Next(values.Length)]
                    : BitConverter.SingleToUInt32Bits((float)(random.NextDouble() * Math.Pow(10, random.Next(-3, 3))));
                parameters[Parameters[random.Next(Parameters.Length)]] = value;
            }

            using var forged = new MemoryStream();
            using (var writer = new ContainerWriter(forged))
            {
                writer.WriteHeader(new ArchiveHeader { Codec = header.Codec, Level = header.Level, Parameters = parameters });
                writer.WriteDataFrame(CodecSamples.Text, frame.Header.Regions, frame.Header.Text, frame.TextPayload, frame.BytesPayload);
                writer.WriteEnd();
            }

            return forged.ToArray();
        });
    }

    private void Fuzz(byte[] content, Func<byte[], byte[], Random, (byte[] Map, byte[] Payload)> damage)
    {
        var archive = CodecSamples.Compress(_codec, content);
        var frame = ArchiveListing.Read(new MemoryStream(archive))[0].Frames[0];
        var payloadAt = archive.Length - 8 - frame.Header.PayloadLength;
        var payload = archive[payloadAt..^8];
        var map = archive[MapStart(archive, (int)frame.Offset + 1)..(payloadAt - 8)];
        Count(content, random =>
        {
            var (newMap, newPayload) = damage(map, payload, random);
            return new ArchiveForge().Append(archive[..(int)frame.Offset]).Frame((byte)FrameType.Sole, newMap, newPayload).Bytes;
        });
    }

    private void Count(byte[] content, Func<Random, byte[]> make)
    {
        var random = new Random(FuzzBudget.Seed);
        var budget = new FuzzBudget(Seconds);
        var cases = 0;
        var refused = new SortedDictionary<NacrithErrorCode, int>();
        for (; budget.IsLeft; cases++)
        {
            var archive = make(random);
            try
            {
                Assert.Equal(content, CodecSamples.Decompress(_codec, new MemoryStream(archive)));
            }
            catch (NacrithException failure)
            {
                refused[failure.Code] = refused.GetValueOrDefault(failure.Code) + 1;
            }
            catch (Exception failure)
            {
                Assert.Fail($"Seed {FuzzBudget.Seed}, archive {Convert.ToHexString(archive)}: {failure}");
            }
        }

        output.WriteLine($"Seed {FuzzBudget.Seed}: {cases} archives; {string.Join(", ", refused.Select(pair => $"{pair.Value} {pair.Key}"))}.");
        Assert.NotEmpty(refused);
    }

    /// <summary>Behind the two lengths of a frame's head.</summary>
    private static int MapStart(byte[] archive, int at)
    {
        for (var lengths = 2; lengths > 0; at++)
        {
            lengths -= archive[at] < 0x80 ? 1 : 0;
        }

        return at;
    }
}
