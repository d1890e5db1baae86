using System.Globalization;
using System.Text;

namespace NacrithOnnx.Payloads;

/// <summary>Strings that are no words: digits, keys, sequences, codes.</summary>
internal static class CodeSamples
{
    private const string Lower = "abcdefghijklmnopqrstuvwxyz";
    private const string Upper = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private const string Digits = "0123456789";

    public static IEnumerable<(string Name, Func<Random, byte[]> Make)> Kinds =>
    [
        ("code.base64", random => Ascii(Convert.ToBase64String(Bytes(random, 2000), Base64FormattingOptions.InsertLineBreaks))),
        ("code.base64.plain", random => Ascii(Convert.ToBase64String(Bytes(random, 900)))),
        ("code.pem", random => Ascii("-----BEGIN CERTIFICATE-----\n" + Wrap(Convert.ToBase64String(Bytes(random, 900)), 64) + "-----END CERTIFICATE-----\n")),
        ("code.hex", random => Ascii(Wrap(Convert.ToHexStringLower(Bytes(random, 1500)), 64))),
        ("code.hex.upper", random => Ascii(Convert.ToHexString(Bytes(random, 1200)))),
        ("code.base32", random => Ascii(Wrap(Samples.Draw(random, Upper + "234567", Samples.Length(random, 2500)), 76))),
        ("code.ascii85", random => Ascii(Samples.Draw(random, string.Concat(Enumerable.Range(33, 85).Select(c => (char)c)), Samples.Length(random, 2500)))),
        ("code.base58", random => Samples.Fill(random, 2500, r => Samples.Draw(r, "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz", 34) + "\n")),
        ("code.base32768", random => Samples.Fill(random, 900, r => ((char)(0x4E00 + r.Next(16384))).ToString())),
        ("code.uuid", random => Samples.Fill(random, 3000, r => Guid(r) + "\n")),
        ("code.sha256sum", random => Samples.Fill(random, 3000, r => Samples.Draw(r, "0123456789abcdef", 64) + "  file" + r.Next(1000).ToString(CultureInfo.InvariantCulture) + ".txt\n")),
        ("code.bits", random => Ascii(Samples.Draw(random, "01", Samples.Length(random, 5000)))),
        ("code.digits", random => Ascii(Samples.Draw(random, Digits, Samples.Length(random, 3000)))),
        ("code.lower", random => Ascii(Samples.Draw(random, Lower, Samples.Length(random, 4000)))),
        ("code.upper", random => Ascii(Wrap(Samples.Draw(random, Upper, Samples.Length(random, 3000)), 60))),
        ("code.alnum", random => Ascii(Samples.Draw(random, Lower + Upper + Digits, Samples.Length(random, 3000)))),
        ("code.printable", random => Ascii(Samples.Draw(random, string.Concat(Enumerable.Range(32, 95).Select(c => (char)c)), Samples.Length(random, 3000)))),
        ("code.passwords", random => Samples.Fill(random, 2500, r => Samples.Draw(r, Lower + Digits + "!$%&", r.Next(8, 14)) + "\n")),
        ("code.dna", random => Ascii(Samples.Draw(random, "ACGT", Samples.Length(random, 6000)))),
        ("code.dna.fasta", random => Ascii(">chr7 sample\n" + Wrap(Samples.Draw(random, "acgt", Samples.Length(random, 6000)), 70))),
        ("code.dna.repeats", Repeats),
        ("code.fastq", random => Samples.Fill(random, 5000, r =>
            $"@SIM:{r.Next(9)}:{r.Next(2000)}\n{Samples.Draw(r, "ACGT", 75)}\n+\n{Samples.Draw(r, "FFFFFF:,#", 75)}\n")),
        ("code.protein", random => Ascii(">sp|P1 protein\n" + Wrap(Samples.Draw(random, "AAARNDCEEQGGHILLLKKMFPPSSTWYVV", Samples.Length(random, 3000)), 60))),
        ("code.morse", random => Samples.Fill(random, 3000, r => Samples.Draw(r, ".-", r.Next(1, 6)) + (r.Next(5) == 0 ? " / " : " "))),
        ("code.dice", random => Samples.Fill(random, 3000, r => r.Next(1, 7).ToString(CultureInfo.InvariantCulture) + " ")),
        ("code.phones", random => Samples.Fill(random, 2500, r => $"+49 30 {r.Next(1000000, 9999999)}\n")),
        ("code.ipv6", random => Samples.Fill(random, 2500, r => "2001:db8:" + string.Join(':', Enumerable.Range(0, 6).Select(_ => Samples.Draw(r, "0123456789abcdef", 4))) + "\n")),
        ("code.mac", random => Samples.Fill(random, 2500, r => string.Join(':', Enumerable.Range(0, 6).Select(_ => Samples.Draw(r, "0123456789ABCDEF", 2))) + "\n")),
        ("code.jwt", random => Samples.Fill(random, 2000, r => "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9." + Samples.Draw(r, Lower + Upper + Digits + "-_", 80) + "\n")),
        ("code.uuencode", random => Ascii("begin 644 data\n" + string.Concat(Enumerable.Range(0, 40).Select(
            _ => "M" + Samples.Draw(random, string.Concat(Enumerable.Range(33, 64).Select(c => (char)c)), 60) + "\n")) + "`\nend\n")),
        ("code.chess", random => Samples.Fill(random, 2500, r => Samples.Draw(r, "abcdefgh", 1) + Samples.Draw(r, "12345678", 1) + Samples.Draw(r, "abcdefgh", 1) + Samples.Draw(r, "12345678", 1) + " ")),
        ("code.dump", random => Samples.Fill(random, 4000, r => $"{r.Next(1 << 16):x8}: {string.Join(' ', Bytes(r, 16).Take(16).Select(b => b.ToString("x2", CultureInfo.InvariantCulture)))}\n")),
    ];

    private static byte[] Bytes(Random random, int usual)
    {
        var bytes = new byte[Samples.Length(random, usual)];
        random.NextBytes(bytes);
        return bytes;
    }

    private static byte[] Ascii(string text) => Encoding.ASCII.GetBytes(text);

    private static string Wrap(string text, int width) => string.Concat(text.Chunk(width).Select(line => new string(line) + "\n"));

    private static string Guid(Random random)
    {
        var bytes = new byte[16];
        random.NextBytes(bytes);
        return new Guid(bytes).ToString();
    }

    private static byte[] Repeats(Random random)
    {
        var text = new StringBuilder();
        while (text.Length < 6000)
        {
            var again = text.Length > 500 && random.Next(3) == 0;
            var length = random.Next(20, 200);
            text.Append(again ? text.ToString(random.Next(text.Length - length), length) : Samples.Draw(random, "ACGT", length));
        }

        return Ascii(text.ToString());
    }
}
