using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace NacrithOnnx.Payloads;

/// <summary>Records of fixed size, tables and measurements.</summary>
internal static class RecordSamples
{
    private static readonly string[] Names = ["MUELLER", "SCHMIDT", "NOWAK", "ROSSI", "GARCIA", "IVANOV", "SMITH", "JONES", "TANAKA", "SILVA", "NIELSEN", "DUBOIS"];

    public static IEnumerable<(string Name, Func<Random, byte[]> Make)> Kinds =>
    [
        ("record.mainframe", random => Samples.Fill(random, 5000, Mainframe)),
        ("record.mainframe.lines", random => Samples.Fill(random, 5000, r => Mainframe(r) + "\n")),
        ("record.ebcdic", random => Encoding.GetEncoding("IBM037").GetBytes(Encoding.ASCII.GetString(Samples.Fill(random, 5000, Mainframe)))),
        ("record.csv.numbers", random => Samples.Fill(random, 4000, r => string.Create(CultureInfo.InvariantCulture, $"{r.Next(1000)},{r.NextDouble() * 100:F3},{r.NextDouble():F4},{r.Next(2)}\n"))),
        ("record.csv.empty", random => Samples.Fill(random, 4000, r => $",,{(r.Next(9) == 0 ? "x" : "")},,,\n")),
        ("record.matrix", random => Samples.Fill(random, 4000, r => string.Join(' ', Enumerable.Range(0, 12).Select(_ => r.Next(10))) + "\n")),
        ("record.counter", random => Words(random, 1500, (r, i) => i * 7)),
        ("record.walk", random => { var at = 100000; return Words(random, 1500, (r, _) => at += r.Next(-40, 41)); }),
        ("record.random24", random => Words(random, 1000, (r, _) => r.Next(1 << 24))),
        ("record.float", random => Words(random, 1200, (r, i) => BitConverter.SingleToInt32Bits((float)((i % 50) * 0.25) + r.Next(4)))),
        ("record.wave", Wave),
        ("record.pixels", Pixels),
        ("record.struct", Struct),
        ("record.tar", Tar),
        ("record.log", Log),
        ("record.nmea", random => Samples.Fill(random, 4000, r => $"$GPGGA,{r.Next(100000, 235959)}.00,52{r.Next(10, 60)}.{r.Next(10000):D4},N,013{r.Next(10, 60)}.{r.Next(10000):D4},E,1,0{r.Next(4, 9)},0.9,3{r.Next(9)}.{r.Next(9)},M,44.9,M,,*{r.Next(256):X2}\n")),
        ("record.jsonl", random => { var time = 1700000000; return Samples.Fill(random, 4000, r => $"{{\"t\":{time += r.Next(5, 9)},\"id\":\"s{r.Next(9)}\",\"temp\":{r.Next(180, 240) / 10}.{r.Next(10)},\"hum\":{r.Next(30, 60)}}}\n"); }),
        ("record.varint", random => { var bytes = new List<byte>(); while (bytes.Count < 3000) { var v = random.Next(1 << random.Next(1, 20)); for (; v > 127; v >>= 7) { bytes.Add((byte)(v | 128)); } bytes.Add((byte)v); } return [.. bytes]; }),
        ("record.packets", Packets),
    ];

    private static string Mainframe(Random random) => string.Create(
        CultureInfo.InvariantCulture,
        $"{random.Next(100000):D8}{Names[random.Next(Names.Length)],-20}{random.Next(1950, 2006)}{random.Next(1, 13):D2}{random.Next(1, 29):D2}{random.Next(1000000):D10}EUR{"AIX"[random.Next(3)]}{"",-18}");

    private static byte[] Words(Random random, int count, Func<Random, int, int> value)
    {
        var bytes = new byte[Samples.Length(random, count) * sizeof(int)];
        for (var i = 0; i < bytes.Length; i += sizeof(int))
        {
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(i), value(random, i / sizeof(int)));
        }

        return bytes;
    }

    /// <summary>A triangle with noise, 16 bits: like sound, and without a sine that differs between machines.</summary>
    private static byte[] Wave(Random random)
    {
        var bytes = new byte[6000];
        for (var i = 0; i < bytes.Length; i += 2)
        {
            var value = (Math.Abs((i / 2 * 97 % 8192) - 4096) * 4) - 8192 + random.Next(-20, 21);
            BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(i), (short)value);
        }

        return bytes;
    }

    private static byte[] Pixels(Random random)
    {
        var width = random.Next(20, 60);
        var bytes = new List<byte>();
        for (var y = 0; y < 40; y++)
        {
            for (var x = 0; x < width; x++)
            {
                bytes.AddRange([(byte)((x * 4) + random.Next(3)), (byte)((y * 5) + random.Next(3)), (byte)(128 + ((x + y) & 31))]);
            }
        }

        return [.. bytes];
    }

    private static byte[] Struct(Random random)
    {
        var bytes = new List<byte>();
        for (var i = 0; i < 250; i++)
        {
            var record = new byte[20];
            BinaryPrimitives.WriteInt32LittleEndian(record, i + 1000);
            BinaryPrimitives.WriteInt16LittleEndian(record.AsSpan(4), (short)random.Next(300));
            record[6] = (byte)random.Next(3);
            BinaryPrimitives.WriteDoubleLittleEndian(record.AsSpan(8), random.Next(10000) / 4.0);
            BinaryPrimitives.WriteInt32LittleEndian(record.AsSpan(16), 0x0000FFFF);
            bytes.AddRange(record);
        }

        return [.. bytes];
    }

    private static byte[] Tar(Random random)
    {
        var bytes = new List<byte>();
        for (var i = 0; i < 5; i++)
        {
            var header = new byte[512];
            Encoding.ASCII.GetBytes($"data/file{random.Next(100)}.txt").CopyTo(header, 0);
            Encoding.ASCII.GetBytes($"0000644\0{1000:D7}\0{1000:D7}\0{random.Next(77):D11}\014{random.Next(1000000, 7777777):D9}\0").CopyTo(header, 100);
            "ustar\000root"u8.CopyTo(header.AsSpan(257));
            bytes.AddRange(header);
            var body = new byte[1024];
            Encoding.ASCII.GetBytes(SampleTexts.English[random.Next(100)..].PadRight(1024)[..random.Next(100, 500)]).CopyTo(body, 0);
            bytes.AddRange(body);
        }

        bytes.AddRange(new byte[1024]);
        return [.. bytes];
    }

    private static byte[] Log(Random random)
    {
        var second = 0;
        return Samples.Fill(random, 5000, r =>
        {
            second += r.Next(1, 9);
            return $"2026-03-0{1 + (second / 3600)}T1{second / 600 % 10}:{second / 60 % 60:D2}:{second % 60:D2}Z INFO worker-{r.Next(4)} request {r.Next(100000, 999999)} served in {r.Next(2, 90)} ms\n";
        });
    }

    private static byte[] Packets(Random random)
    {
        var bytes = new List<byte>();
        for (var i = 0; i < 80; i++)
        {
            var payload = random.Next(4, 40);
            bytes.AddRange([0x45, 0x00, 0x00, (byte)(payload + 20), (byte)(i >> 8), (byte)i, 0x40, 0x00, 0x40, 0x06, 10, 0, 0, (byte)(1 + random.Next(3)), 10, 0, 0, 9]);
            for (var j = 0; j < payload; j++)
            {
                bytes.Add((byte)random.Next(256));
            }
        }

        return [.. bytes];
    }
}
