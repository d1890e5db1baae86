using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace NacrithOnnx.Payloads;

/// <summary>Runs, records and small archives beyond <see cref="RunSamples"/> and <see cref="RecordSamples"/>.</summary>
internal static class MoreRecords
{
    private static readonly byte[] RunValues = [0x00, 0x01, 0x09, 0x0A, 0x0C, 0x0D, 0x1A, 0x20, 0x26, 0x30, 0x3B, 0x41, 0x5F, 0x61, 0x7E, 0x7F, 0x80, 0xA0, 0xC3, 0xE2, 0xF0, 0xFE, 0xFF];

    public static IEnumerable<(string Name, Func<Random, byte[]> Make)> Kinds =>
    [
        .. RunValues.Select(value => ($"run.{value:x2}", (Func<Random, byte[]>)(random => [.. Enumerable.Repeat(value, random.Next(50, 20000))]))),
        ("run.every", random => [.. Enumerable.Range(0, 256).SelectMany(value => Enumerable.Repeat((byte)value, random.Next(1, 40)))]),
        ("run.short", random => [.. Enumerable.Repeat((byte)'x', random.Next(2, 30))]),
        ("run.one", random => [(byte)random.Next(256)]),
        ("run.crlf", random => Repeat("\r\n", random.Next(500, 5000))),
        ("run.empty.rows", random => Repeat(",,,,\n", random.Next(300, 3000))),
        ("run.empty.rows.crlf", random => Repeat(";;;;;;;;\r\n", random.Next(300, 3000))),
        ("run.tabs", random => Repeat("\t\t\t\n", random.Next(300, 3000))),
        ("run.quotes", random => Repeat("\"\",\"\",\"\"\n", random.Next(200, 2000))),
        ("run.long.period", random => { var once = new byte[random.Next(1000, 3000)]; random.NextBytes(once); return [.. once, .. once, .. once]; }),
        ("run.text.twice", random => { var once = Encoding.ASCII.GetBytes(Samples.Draw(random, "abcdefghijklmnopqrstuvwxyz ", 2500)); return [.. once, .. once]; }),
        ("run.growing", random => [.. Enumerable.Range(1, random.Next(60, 120)).SelectMany(n => Encoding.ASCII.GetBytes(new string('=', n) + "\n"))]),
        ("run.ends", random => { var bytes = new byte[8000]; bytes[random.Next(8000)] = 1; bytes[^1] = 0xFF; return bytes; }),
        ("run.random", random => { var bytes = new byte[random.Next(100, 3000)]; random.NextBytes(bytes); return bytes; }),
        ("run.random.twice", random => { var once = new byte[700]; random.NextBytes(once); return [.. once, .. new byte[100], .. once]; }),
        ("record.csv.sparse", random => Samples.Fill(random, 4000, r => $"{r.Next(1000)},,,,{(r.Next(4) == 0 ? "yes" : "")},,,\n")),
        ("record.tsv", random => Samples.Fill(random, 4000, r => $"{r.Next(100000)}\tgene{r.Next(300)}\t{(r.Next(2) == 0 ? '+' : '-')}\t{r.Next(1000)}\n")),
        ("record.csv.quoted", random => Samples.Fill(random, 4000, r => $"\"{r.Next(10000)}\",\"{Samples.Draw(r, "abcdefghij", 5)}\",\"{r.Next(100)}.{r.Next(10)}\"\r\n")),
        ("record.padded", random => Samples.Fill(random, 6000, r => $"{Samples.Draw(r, "ABCDEFGH", r.Next(3, 9)),-30}{r.Next(100000),12}{"",-38}\n")),
        ("record.packed", Packed),
        ("record.ebcdic.text", random => Encoding.GetEncoding("IBM037").GetBytes(SampleTexts.English[random.Next(50)..])),
        ("record.ebcdic.numbers", random => Encoding.GetEncoding("IBM037").GetBytes(Encoding.ASCII.GetString(Samples.Fill(random, 4000, r => $"{r.Next(1000000):D8}{r.Next(100):D4}{"",8}")))),
        ("record.big16", random => Numbers(random, 2, (r, i) => (i * 3) + r.Next(4))),
        ("record.big32", random => Numbers(random, 4, (r, i) => 1700000000 + (i * 60) + r.Next(5))),
        ("record.small64", random => Numbers(random, 8, (r, _) => r.Next(1000))),
        ("record.stereo", random => { var (left, right) = (0, 0); var bytes = new byte[6000]; for (var i = 0; i < bytes.Length; i += 4) { BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(i), (short)(left += random.Next(-60, 61))); BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(i + 2), (short)(right += random.Next(-60, 61))); } return bytes; }),
        ("record.bmp", Bitmap),
        ("record.mask", random => { var bytes = new byte[4000]; for (var i = 0; i < bytes.Length; i++) { bytes[i] = (byte)(i % 100 < 40 + random.Next(3) ? 0xFF : 0); } return bytes; }),
        ("record.tar.small", random => Tar(random, 12, r => $"line {r.Next(100)}\n")),
        ("record.tar.sources", random => Tar(random, 6, r => $"#include <f{r.Next(5)}.h>\nint value{r.Next(100)}(void) {{ return {r.Next(1000)}; }}\n")),
        ("record.tar.codes", random => Tar(random, 5, r => Samples.Draw(r, "0123456789abcdef", 64) + "\n")),
        ("record.cpio", random => Samples.Fill(random, 4000, r => $"070701{r.Next(100000):X8}000081A40000000000000000000000016{r.Next(100000):X7}{r.Next(100):X8}00000008000000010000000000000000{r.Next(20):X8}00000000usr/f{r.Next(100)}\0\0")),
        ("record.syslog", random => Samples.Fill(random, 5000, r => $"Mar {r.Next(1, 29),2} {r.Next(24):D2}:{r.Next(60):D2}:{r.Next(60):D2} host{r.Next(3)} sshd[{r.Next(1000, 32000)}]: Failed password for root from 10.{r.Next(256)}.{r.Next(256)}.{r.Next(256)} port {r.Next(1024, 65536)} ssh2\n")),
        ("record.access", random => Samples.Fill(random, 5000, r => $"10.0.{r.Next(4)}.{r.Next(256)} - - [01/Mar/2026:{r.Next(24):D2}:{r.Next(60):D2}:{r.Next(60):D2} +0000] \"GET /item/{r.Next(5000)} HTTP/1.1\" {(r.Next(9) == 0 ? 404 : 200)} {r.Next(100, 90000)}\n")),
        ("record.ansi", random => Samples.Fill(random, 4000, r => $"\e[3{r.Next(8)}m[{r.Next(100)}%]\e[0m Building object {r.Next(1000)}.o\r")),
        ("record.passwd", random => Samples.Fill(random, 3000, r => $"u{r.Next(10000)}:x:{r.Next(1000, 2000)}:100::/home/u{r.Next(10000)}:/bin/sh\n")),
        ("record.ini", random => Samples.Fill(random, 3000, r => $"[section{r.Next(40)}]\nenabled={r.Next(2)}\nlimit={r.Next(1000)}\n")),
        ("record.vcf", random => { var at = 10000; return Samples.Fill(random, 4000, r => $"chr1\t{at += r.Next(1, 900)}\t.\t{Samples.Draw(r, "ACGT", 1)}\t{Samples.Draw(r, "ACGT", 1)}\t{r.Next(20, 99)}\tPASS\tDP={r.Next(10, 90)}\n"); }),
        ("record.pdb", random => { var n = 0; return Samples.Fill(random, 5000, r => string.Create(CultureInfo.InvariantCulture, $"ATOM  {++n,5}  CA  ALA A{n / 8,4}    {r.NextDouble() * 50,8:F3}{r.NextDouble() * 50,8:F3}{r.NextDouble() * 50,8:F3}  1.00{r.Next(10, 60),6}.00           C\n")); }),
        ("record.matrix.bits", random => Samples.Fill(random, 3000, r => string.Join(',', Enumerable.Range(0, 24).Select(_ => r.Next(2))) + "\n")),
        ("record.json.numbers", random => Samples.Fill(random, 4000, r => $"[{r.Next(1000)},{r.Next(1000)},{r.Next(1000)}],")),
        ("record.xml.cells", random => Samples.Fill(random, 5000, r => $"<c r=\"A{r.Next(1000)}\" t=\"s\"><v>{r.Next(3000)}</v></c>")),
        ("record.sqlite", Pages),
        ("record.elf", random => { var bytes = new byte[5000]; for (var i = 0; i < bytes.Length; i += 24) { BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(i, 4), i * 5); if (i + 16 < bytes.Length) { bytes[i + 4] = 18; bytes[i + 6] = (byte)random.Next(1, 20); BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(i + 8), 0x401000 + random.Next(60000)); } } return bytes; }),
    ];

    private static byte[] Repeat(string piece, int count) => Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(piece, count)));

    private static byte[] Numbers(Random random, int width, Func<Random, int, long> value)
    {
        var bytes = new byte[Samples.Length(random, 800) * width];
        for (var i = 0; i < bytes.Length; i++)
        {
            var number = i % width == 0 ? value(random, i / width) : BinaryPrimitives.ReadInt64BigEndian([.. new byte[8 - width], .. bytes.AsSpan(i / width * width, width)]);
            if (i % width == 0)
            {
                for (var j = 0; j < width; j++)
                {
                    bytes[i + j] = (byte)(number >> (8 * (width - 1 - j)));
                }
            }
        }

        return bytes;
    }

    /// <summary>Records of a mainframe: names in EBCDIC, and decimals of two digits a byte.</summary>
    private static byte[] Packed(Random random)
    {
        var bytes = new List<byte>();
        for (var i = 0; i < 150; i++)
        {
            bytes.AddRange(Encoding.GetEncoding("IBM037").GetBytes(Samples.Draw(random, "AEIOULMNRST", random.Next(4, 9)).PadRight(16)));
            bytes.AddRange([0x00, (byte)((random.Next(10) << 4) | random.Next(10)), (byte)((random.Next(10) << 4) | random.Next(10)), (byte)((random.Next(10) << 4) | 0x0C)]);
        }

        return [.. bytes];
    }

    private static byte[] Bitmap(Random random)
    {
        var width = random.Next(20, 50) * 4;
        byte[] header = [(byte)'B', (byte)'M', 0, 20, 0, 0, 0, 0, 0, 0, 54, 0, 0, 0, 40, 0, 0, 0, (byte)width, 0, 0, 0, 30, 0, 0, 0, 1, 0, 24, 0, .. new byte[24]];
        return [.. header, .. Enumerable.Range(0, 30 * width).Select(i => (byte)((i % width / 3) + (random.Next(12) == 0 ? random.Next(9) : 0)))];
    }

    private static byte[] Tar(Random random, int files, Func<Random, string> line)
    {
        var bytes = new List<byte>();
        for (var i = 0; i < files; i++)
        {
            var body = Samples.Fill(random, 300, line);
            var header = new byte[512];
            Encoding.ASCII.GetBytes($"src/part{i}.c").CopyTo(header, 0);
            Encoding.ASCII.GetBytes($"0000644\00001750\00001750\0{Convert.ToString(body.Length, 8).PadLeft(11, '0')}\014{random.Next(1000000, 7777777)}0\0{random.Next(10000, 17777):D6}\0 0").CopyTo(header, 100);
            Encoding.ASCII.GetBytes("ustar\000user\0").CopyTo(header, 257);
            bytes.AddRange([.. header, .. body, .. new byte[-body.Length & 511]]);
        }

        return [.. bytes, .. new byte[1024]];
    }

    private static byte[] Pages(Random random)
    {
        var bytes = new byte[8192];
        for (var page = 0; page < bytes.Length; page += 2048)
        {
            bytes[page] = 13;
            var end = page + 2048;
            for (var i = 0; i < 40; i++)
            {
                var text = Encoding.ASCII.GetBytes($"item{random.Next(500)}");
                end -= text.Length + 4;
                byte[] cell = [(byte)(text.Length + 2), (byte)i, 2, (byte)(13 + (2 * text.Length)), .. text];
                cell.CopyTo(bytes, end);
                BinaryPrimitives.WriteInt16BigEndian(bytes.AsSpan(page + 8 + (2 * i)), (short)(end - page));
            }
        }

        return bytes;
    }
}
