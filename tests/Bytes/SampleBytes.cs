using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace NacrithOnnx.Tests.Bytes;

/// <summary>Generated inputs of every kind the byte coder meets, the same in every run.</summary>
public static class SampleBytes
{
    /// <summary>Names for theories.</summary>
    public static TheoryData<string> Names => [.. AllNames];

    /// <summary>Name of every sample.</summary>
    public static IReadOnlyList<string> AllNames { get; } =
        ["empty", "one", "zeros", "all", "random", "counter", "text", "csv", "json", "code", "mixed", "period", "symbols"];

    /// <summary>The sample of that name, at most 20,000 bytes.</summary>
    public static byte[] Get(string name) => name switch
    {
        "empty" => [],
        "one" => [0x80],
        "zeros" => new byte[20000],
        "all" => [.. Enumerable.Range(0, 256).Select(i => (byte)i)],
        "random" => Random(8000, 1),
        "counter" => Counter(),
        "text" => Text(12000),
        "csv" => Csv(300),
        "json" => Json(200),
        "code" => X86(12000),
        "mixed" => [.. Text(3000), .. Random(3000, 2), .. X86(3000), .. Csv(60)],
        "symbols" => [.. Random(5000, 5).Select(b => (byte)"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"[b & 31])],
        "period" => [.. Enumerable.Range(0, 15000).Select(i => (byte)(i % 37 * 7))],
        _ => throw new ArgumentOutOfRangeException(nameof(name)),
    };

    public static byte[] Random(int length, int seed)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    public static byte[] Text(int length)
    {
        string[] words = ["the", "river", "of", "a", "house", "and", "light", "was", "running", "under", "old", "stones"];
        var random = new Random(3);
        var text = new StringBuilder();
        while (text.Length < length)
        {
            text.Append(words[random.Next(words.Length)]).Append(random.Next(9) == 0 ? ".\n" : " ");
        }

        return Encoding.ASCII.GetBytes(text.ToString(0, length));
    }

    public static byte[] Csv(int rows)
    {
        var random = new Random(4);
        var text = new StringBuilder("id,time,value,state\n");
        for (var i = 0; i < rows; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{i},{1700000000 + (i * 3)},{random.Next(100000)},ok\n");
        }

        return Encoding.ASCII.GetBytes(text.ToString());
    }

    private static byte[] Json(int items)
    {
        var text = new StringBuilder("[");
        for (var i = 0; i < items; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{{\"id\": {i}, \"name\": \"item {i * i % 97}\", \"on\": true}},\n");
        }

        return Encoding.ASCII.GetBytes(text.Append(']').ToString());
    }

    private static byte[] Counter()
    {
        var bytes = new byte[16000];
        for (var i = 0; i < bytes.Length; i += 4)
        {
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(i), i * 3);
        }

        return bytes;
    }

    /// <summary>Similar to x86 code: every 24 bytes, a call of one of 20 functions.</summary>
    public static byte[] X86(int length)
    {
        var random = new Random(5);
        byte[] opcodes = [0x8B, 0x48, 0x89, 0x83, 0xC4, 0x24, 0x0F, 0xB6, 0x85, 0x74, 0x00, 0x01, 0xFF, 0x10];
        byte[] bytes = [.. Enumerable.Range(0, length).Select(_ => opcodes[random.Next(opcodes.Length)])];
        for (var i = 0; i + 5 < length; i += 24)
        {
            bytes[i] = 0xE8;
            var target = 0x00100000 + (random.Next(20) * 0x1000);
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(i + 1), target - (i + 5));
        }

        return bytes;
    }
}
