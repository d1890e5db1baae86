using System.Buffers;
using NacrithOnnx.Format;
using NacrithOnnx.Tests.Format.Independent;
using NacrithOnnx.Tests.Support;
using Xunit.Abstractions;

namespace NacrithOnnx.Tests.Format;

/// <summary>The package and the rules around it accept what docs/format.md allows, and nothing else.</summary>
public sealed class FieldReaderFuzzTests(ITestOutputHelper output)
{
    private const double Seconds = 1;

    /// <summary>A key that readers may skip.</summary>
    private const byte Ancillary = 64;

    /// <summary>Random values, and valid ones mutated, against the reader that was made from docs/format.md.</summary>
    [Fact]
    public void What_is_skipped_is_what_the_document_allows()
    {
        var random = new Random(FuzzBudget.Seed);
        var budget = new FuzzBudget(Seconds);
        var accepted = 0;
        var refused = 0;
        while (budget.IsLeft)
        {
            var value = random.Next(2) == 0 ? Valid(random, 3) : Mutation.Of(Valid(random, 3), random);
            if (random.Next(4) == 0)
            {
                value = new byte[random.Next(1, 12)];
                random.NextBytes(value);
            }

            var allowed = IsAllowed(value);
            Assert.True(allowed == Accepts([0x81, Ancillary, .. value]), $"Seed {FuzzBudget.Seed}: {Convert.ToHexString(value)}");
            accepted += allowed ? 1 : 0;
            refused += allowed ? 0 : 1;
        }

        output.WriteLine($"Seed {FuzzBudget.Seed}: {accepted} accepted, {refused} refused.");
        Assert.True(accepted > 0 && refused > 0);
    }

    private static byte[] Valid(Random random, int depth)
    {
        var fields = new FieldWriter();
        switch (random.Next(depth > 0 ? 6 : 4))
        {
            case 0:
                fields.WriteName(0, new string('x', random.Next(40)));
                break;
            case 1:
                fields.WriteBinary(0, new byte[random.Next(300)]);
                break;
            case 2:
                fields.WriteMap(0, [new("x", random.Next()), new("y", -random.Next(300))]);
                break;
            case 3:
                fields.WriteInteger(0, random.NextInt64(long.MinValue, long.MaxValue) >> random.Next(64));
                break;
            case 4:
                return [0x92, .. Valid(random, depth - 1), .. Valid(random, depth - 1)];
            default:
                return [0x81, .. Valid(random, depth - 1), .. Valid(random, depth - 1)];
        }

        var map = new ArrayBufferWriter<byte>();
        fields.CopyTo(map);
        return map.WrittenSpan[2..].ToArray();
    }

    private static bool IsAllowed(byte[] value)
    {
        try
        {
            var at = 0;
            return Depth(IndependentMessagePack.Read(value, ref at)) <= 8 && at == value.Length;
        }
        catch (Exception failure) when (failure is InvalidDataException or IndexOutOfRangeException or ArgumentException)
        {
            return false;
        }
    }

    private static int Depth(object value) => value switch
    {
        List<object> values => 1 + values.Select(Depth).DefaultIfEmpty().Max(),
        List<(object Key, object Value)> pairs =>
            1 + pairs.Select(pair => Math.Max(Depth(pair.Key), Depth(pair.Value))).DefaultIfEmpty().Max(),
        _ => 0,
    };

    private static bool Accepts(byte[] map)
    {
        try
        {
            var fields = new FieldReader(map, "test");
            while (fields.TryReadKey(out var key))
            {
                fields.SkipUnknown(key);
            }

            return true;
        }
        catch (CorruptArchiveException)
        {
            return false;
        }
    }
}
