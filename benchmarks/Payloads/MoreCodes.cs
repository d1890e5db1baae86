using System.Globalization;
using System.Text;

namespace NacrithOnnx.Payloads;

/// <summary>Codes, numbers and notations beyond <see cref="CodeSamples"/>.</summary>
internal static class MoreCodes
{
    private const string Lower = "abcdefghijklmnopqrstuvwxyz";
    private const string Hex = "0123456789abcdef";
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ" + Lower;
    private const string Base64 = Letters + "0123456789+/";

    private static readonly string[] Residues = ["Ala", "Arg", "Asn", "Cys", "Glu", "Gly", "His", "Leu", "Lys", "Ser", "Val"];
    private static readonly int[] Countries = [1, 33, 44, 49, 81];

    public static IEnumerable<(string Name, Func<Random, byte[]> Make)> Kinds =>
    [
        ("code.octal", random => Samples.Fill(random, 3000, r => Samples.Draw(r, "01234567", 3) + " ")),
        ("code.octal.dump", random => { var at = 0; return Samples.Fill(random, 3000, r => Octal(at += 16) + string.Concat(Enumerable.Range(0, 8).Select(_ => " " + Samples.Draw(r, "01", 1) + Samples.Draw(r, "01234567", 5))) + "\n"); }),
        ("code.bits.spaced", random => Samples.Fill(random, 4000, r => Samples.Draw(r, "01", 8) + " ")),
        ("code.bits.lines", random => Samples.Fill(random, 4000, r => Samples.Draw(r, "01", 64) + "\n")),
        ("code.ternary", random => Samples.Fill(random, 4000, r => Samples.Draw(r, "012", 50))),
        ("code.dna.two", random => Samples.Fill(random, 5000, r => $">read{r.Next(10000)}\n{Samples.Draw(r, "ACGT", 150)}\n")),
        ("code.dna.n", random => Samples.Fill(random, 5000, r => r.Next(6) == 0 ? new string('N', r.Next(10, 80)) : Samples.Draw(r, "ACGT", 60) + "\n")),
        ("code.rna", random => Samples.Fill(random, 4000, r => Samples.Draw(r, "ACGU", 60) + "\n")),
        ("code.protein.two", random => Samples.Fill(random, 3000, r => $">sp|P{r.Next(10000, 99999)}|X{r.Next(100)}_HUMAN\n{Samples.Draw(r, "AARNDCEQGGHILLKMFPSTWYV", r.Next(80, 300))}\n")),
        ("code.protein.long", random => Samples.Fill(random, 12000, r => Samples.Draw(r, "AAARNDDCEEQGGGHIILLLKKMFPPSSTTWYVVV", 60) + "\n")),
        ("code.amino.three", random => Samples.Fill(random, 3000, r => Residues[r.Next(Residues.Length)] + "-")),
        ("code.pem.key", random => Encoding.ASCII.GetBytes("-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASC\n" + Lines(random, Base64, 64, 20) + "-----END PRIVATE KEY-----\n")),
        ("code.pem.chain", random => Samples.Fill(random, 5000, r => "-----BEGIN CERTIFICATE-----\nMIID" + Samples.Draw(r, Base64, 60) + "\n" + Lines(r, Base64, 64, 14) + "-----END CERTIFICATE-----\n")),
        ("code.pem.small", random => Encoding.ASCII.GetBytes("-----BEGIN PUBLIC KEY-----\n" + Lines(random, Base64, 64, 2) + "-----END PUBLIC KEY-----\n")),
        ("code.ssh", random => Samples.Fill(random, 1500, r => "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI" + Samples.Draw(r, Base64, 43) + $" user{r.Next(100)}@host\n")),
        ("code.jwt.long", random => Samples.Fill(random, 2500, r => "eyJhbGciOiJSUzI1NiIsImtpZCI6IjEifQ.eyJzdWIiOi" + Samples.Draw(r, Letters + "0123456789", 90) + "." + Samples.Draw(r, Letters + "0123456789-_", 342) + "\n")),
        ("code.jwt.single", random => Encoding.ASCII.GetBytes("eyJhbGciOiJIUzI1NiJ9." + Samples.Draw(random, Letters, 120) + "." + Samples.Draw(random, Letters + "0123456789-_", 43))),
        ("code.ulid", random => Samples.Fill(random, 2500, r => "01HZ" + Samples.Draw(r, "0123456789ABCDEFGHJKMNPQRSTVWXYZ", 22) + "\n")),
        ("code.uuid.upper", random => Samples.Fill(random, 2500, r => "{" + new Guid(Samples.Draw(r, Hex, 32)).ToString().ToUpperInvariant() + "}\r\n")),
        ("code.uuid.csv", random => Samples.Fill(random, 3000, r => $"{new Guid(Samples.Draw(r, Hex, 32))},{r.Next(100)},{(r.Next(2) == 0 ? "true" : "false")}\n")),
        ("code.objectid", random => Samples.Fill(random, 2500, r => "ObjectId(\"65f1" + Samples.Draw(r, Hex, 20) + "\")\n")),
        ("code.git", random => Samples.Fill(random, 3000, r => Samples.Draw(r, Hex, 40) + " refs/tags/v" + r.Next(1, 9) + "." + r.Next(30) + "\n")),
        ("code.bcrypt", random => Samples.Fill(random, 2500, r => $"user{r.Next(1000)}:$2b$12${Samples.Draw(r, Letters + "0123456789./", 53)}\n")),
        ("code.colours", random => Samples.Fill(random, 2000, r => "#" + Samples.Draw(r, Hex, 6) + ";")),
        ("code.iban", random => Samples.Fill(random, 2500, r => "DE" + Samples.Draw(r, "0123456789", 20) + "\n")),
        ("code.cards", random => Samples.Fill(random, 2500, r => string.Join(' ', Enumerable.Range(0, 4).Select(_ => Samples.Draw(r, "0123456789", 4))) + "\n")),
        ("code.isbn", random => Samples.Fill(random, 2500, r => $"978-3-{r.Next(10, 99)}-{r.Next(100000, 999999)}-{r.Next(10)}\n")),
        ("code.phones.us", random => Samples.Fill(random, 2500, r => $"({r.Next(200, 999)}) {r.Next(200, 999)}-{r.Next(10000):D4}\n")),
        ("code.phones.mixed", random => Samples.Fill(random, 2500, r => $"+{Countries[r.Next(Countries.Length)]}{r.NextInt64(100000000, 9999999999)}\n")),
        ("code.plates", random => Samples.Fill(random, 2000, r => Samples.Draw(r, Letters[..26], 2) + "-" + Samples.Draw(r, Letters[..26], 2) + " " + r.Next(1, 9999) + "\n")),
        ("code.ipv4", random => Samples.Fill(random, 2500, r => $"{r.Next(256)}.{r.Next(256)}.{r.Next(256)}.{r.Next(256)}\n")),
        ("code.ipv4.local", random => Samples.Fill(random, 2500, r => $"192.168.{r.Next(4)}.{r.Next(256)}:{r.Next(1024, 65536)}\n")),
        ("code.times", random => Samples.Fill(random, 2500, r => $"20{r.Next(20, 27)}-{r.Next(1, 13):D2}-{r.Next(1, 29):D2}T{r.Next(24):D2}:{r.Next(60):D2}:{r.Next(60):D2}Z\n")),
        ("code.epoch", random => { var at = 1700000000L; return Samples.Fill(random, 2500, r => (at += r.Next(1, 400)).ToString(CultureInfo.InvariantCulture) + "\n"); }),
        ("code.floats", random => Samples.Fill(random, 3000, r => r.NextDouble().ToString("F17", CultureInfo.InvariantCulture) + "\n")),
        ("code.floats.e", random => Samples.Fill(random, 3000, r => r.NextDouble().ToString("E6", CultureInfo.InvariantCulture) + " ")),
        ("code.vertices", random => Samples.Fill(random, 3000, r => string.Create(CultureInfo.InvariantCulture, $"v {r.NextDouble() - 0.5:F6} {r.NextDouble() - 0.5:F6} {r.NextDouble() - 0.5:F6}\n"))),
        ("code.gcode", random => Samples.Fill(random, 3000, r => string.Create(CultureInfo.InvariantCulture, $"G1 X{r.NextDouble() * 200:F3} Y{r.NextDouble() * 200:F3} E{r.NextDouble():F5}\n"))),
        ("code.intelhex", random => { var at = 0; return Samples.Fill(random, 3000, r => $":10{at += 16:X4}00{Samples.Draw(r, "0123456789ABCDEF", 34)}\n"); }),
        ("code.srecord", random => { var at = 0; return Samples.Fill(random, 3000, r => $"S113{at += 16:X4}{Samples.Draw(r, "0123456789ABCDEF", 34)}\n"); }),
        ("code.base36", random => Samples.Fill(random, 2500, r => Samples.Draw(r, Lower + "0123456789", 25) + "\n")),
        ("code.base91", random => Encoding.ASCII.GetBytes(Samples.Draw(random, string.Concat(Enumerable.Range(33, 91).Select(c => (char)c)), 2000))),
        ("code.base64.url", random => Samples.Fill(random, 2500, r => Samples.Draw(r, Letters + "0123456789-_", 43) + "\n")),
        ("code.base64.mime", random => Samples.Fill(random, 4000, r => Samples.Draw(r, Base64, 76) + "\r\n")),
        ("code.datauri", random => Encoding.ASCII.GetBytes("<img src=\"data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAA" + Samples.Draw(random, Base64, 1800) + "\">\n")),
        ("code.hex.spaced", random => Samples.Fill(random, 3000, r => Samples.Draw(r, Hex, 2) + " ")),
        ("code.hex.c", random => Samples.Fill(random, 4000, r => string.Concat(Enumerable.Range(0, 12).Select(_ => "0x" + Samples.Draw(r, Hex, 2) + ", ")) + "\n")),
        ("code.decimal.c", random => Samples.Fill(random, 4000, r => string.Concat(Enumerable.Range(0, 16).Select(_ => r.Next(256) + ",")) + "\n")),
        ("code.binary.java", random => Samples.Fill(random, 3000, r => $"\\x{Samples.Draw(r, Hex, 2)}")),
        ("code.roman", random => Samples.Fill(random, 2000, r => Samples.Draw(r, "IVXLCDM", r.Next(1, 8)) + " ")),
        ("code.brainfuck", random => Samples.Fill(random, 3000, r => Samples.Draw(r, "+-<>[].,", 20))),
        ("code.whitespace", random => Samples.Fill(random, 3000, r => Samples.Draw(r, " \t\n", 20))),
        ("code.sudoku", random => Samples.Fill(random, 3000, r => Samples.Draw(r, "123456789....", 81) + "\n")),
        ("code.pgm", random => Encoding.ASCII.GetBytes("P2\n40 20\n255\n" + string.Concat(Enumerable.Range(0, 800).Select(i => random.Next(100, 160) + (i % 40 == 39 ? "\n" : " "))))),
        ("code.xpm", random => Samples.Fill(random, 2500, r => "\"" + Samples.Draw(r, " .+@#", 48) + "\",\n")),
        ("code.letters.mixed", random => Encoding.ASCII.GetBytes(Samples.Draw(random, Letters, 3000))),
        ("code.words.lower", random => Samples.Fill(random, 3000, r => Samples.Draw(r, Lower, r.Next(2, 11)) + " ")),
        ("code.words.vowels", random => Samples.Fill(random, 3000, r => Samples.Draw(r, "aeiou", r.Next(2, 7)) + " ")),
        ("code.tiny.key", random => Encoding.ASCII.GetBytes(Samples.Draw(random, Letters + "0123456789", 40))),
        ("code.tiny.hex", random => Encoding.ASCII.GetBytes(Samples.Draw(random, Hex, 64) + "\n")),
        ("code.tiny.number", random => Encoding.ASCII.GetBytes(random.Next(100000).ToString(CultureInfo.InvariantCulture))),
        ("code.morse.unicode", random => Samples.Fill(random, 1800, r => Samples.Draw(r, "·−", r.Next(1, 6)) + " ")),
    ];

    private static string Octal(int value) => Convert.ToString(value, 8).PadLeft(7, '0');

    private static string Lines(Random random, string alphabet, int width, int count) =>
        string.Concat(Enumerable.Range(0, count).Select(_ => Samples.Draw(random, alphabet, width) + "\n"));
}
