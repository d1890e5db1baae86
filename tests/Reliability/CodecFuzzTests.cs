using NacrithOnnx.Runtime.Frame;
using NacrithOnnx.Tests.Reliability.Mutations;
using NacrithOnnx.Tests.Support;
using Xunit.Abstractions;

namespace NacrithOnnx.Tests.Reliability;

/// <summary>
/// Archives with valid checksums and invalid contents, through the whole codec: parameters, frame headers, bodies of text
/// and of bytes, small archives. The result is the original or a <see cref="NacrithException"/>, never anything else.
/// </summary>
public sealed class CodecFuzzTests(ITestOutputHelper output) : IDisposable
{
    private const double Seconds = 1;

    private static readonly string[] Parameters = [.. ProfileParameters.Write(Profiles.Of(2)).Keys, "other"];

    private readonly NacrithCodec _codec = new(new CodecSettings(TinyModel.Codec.Folder, 1) { TriesCoders = false });

    public void Dispose() => _codec.Dispose();

    [Fact]
    public void Mutated_bodies_of_text_are_refused() => Fuzz(CodecSamples.Text, (map, body, random) => (map, Mutation.Of(body, random)));

    [Fact]
    public void Mutated_bodies_of_bytes_are_refused() => Fuzz(CodecSamples.Bytes, (map, body, random) => (map, Mutation.Of(body, random)));

    [Fact]
    public void Mutated_frame_headers_are_refused() => Fuzz(CodecSamples.Text, (map, body, random) => (Mutation.Of(map, random), body));

    [Fact]
    public void Mutated_small_archives_of_text_are_refused() => FuzzSmall(CodecSamples.Text);

    [Fact]
    public void Mutated_small_archives_of_bytes_are_refused() => FuzzSmall(CodecSamples.Bytes);

    [Fact]
    public void Invalid_parameters_are_refused()
    {
        long[] values = [0, 1, 2, 16, 22, 28, 384, 1024, 4096, 8192, 1 << 20, int.MaxValue, uint.MaxValue, -1, long.MinValue, long.MaxValue];
        var archive = CodecSamples.Compress(_codec, CodecSamples.Text);
        Count(CodecSamples.Text, random =>
        {
            var parameters = new SortedDictionary<string, long>(ProfileParameters.Write(Profiles.Of(2)).ToDictionary(), StringComparer.Ordinal);
            for (var count = random.Next(1, 4); count > 0; count--)
            {
                var value = random.Next(2) == 0
                    ? values[random.Next(values.Length)]
                    : BitConverter.SingleToUInt32Bits((float)(random.NextDouble() * Math.Pow(10, random.Next(-3, 3))));
                parameters[Parameters[random.Next(Parameters.Length)]] = value;
            }

            return LargeForm.Of(archive, CodecSamples.Text, header => header with { Profile = 0, Parameters = parameters });
        });
    }

    private void Fuzz(byte[] content, Func<byte[], byte[], Random, (byte[] Map, byte[] Body)> damage)
    {
        var parts = ArchiveParts.Of(LargeForm.Of(CodecSamples.Compress(_codec, content), content));
        var (map, body) = (parts.Frames[0].Fields.Bytes, parts.Frames[0].Payload);
        Count(content, random =>
        {
            var (newMap, newBody) = damage(map, body, random);
            parts.Frames[0].Fields.Replace(newMap);
            parts.Frames[0].Payload = newBody;
            return parts.Assemble();
        });
    }

    /// <summary>Mutates everything before the check, and writes a check as if the content were right.</summary>
    private void FuzzSmall(byte[] content)
    {
        var archive = CodecSamples.Compress(_codec, content);
        Count(content, random =>
        {
            var covered = Mutation.Of(archive[4..^8], random);
            return ArchiveForge.Small(covered, [], content);
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
}
