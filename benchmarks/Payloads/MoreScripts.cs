using System.Text;

namespace NacrithOnnx.Payloads;

/// <summary>Characters and encodings beyond <see cref="ScriptSamples"/>: sequences, mixtures, damaged UTF.</summary>
internal static class MoreScripts
{
    private static readonly string[] Families = ["👨‍👩‍👧‍👦", "👩🏽‍💻", "🏳️‍🌈", "👨🏿‍🚒", "🤷🏻‍♀️", "1️⃣", "❤️‍🔥", "🧑🏼‍🚀"];

    private static readonly int[] Starts = [0x41, 0x391, 0x410, 0x5D0, 0x627, 0x4E00, 0xAC00, 0x1F600];

    public static IEnumerable<(string Name, Func<Random, byte[]> Make)> Kinds =>
    [
        ("script.zwj", random => Samples.Fill(random, 1200, r => Families[r.Next(Families.Length)] + (r.Next(6) == 0 ? "\n" : ""))),
        ("script.flags", random => Samples.Fill(random, 1200, r => Character(0x1F1E6 + r.Next(26)) + Character(0x1F1E6 + r.Next(26)))),
        ("script.marks", random => Samples.Fill(random, 2000, r => "" + (char)r.Next('a', 'z' + 1) + (char)(0x300 + r.Next(112)) + (char)(0x300 + r.Next(112)))),
        ("script.jamo", random => Samples.Fill(random, 1200, r => "" + (char)(0x1100 + r.Next(19)) + (char)(0x1161 + r.Next(21)) + (char)(0x11A8 + r.Next(27)))),
        ("script.extension", random => Samples.Fill(random, 1400, r => Character(0x20000 + r.Next(42000)))),
        ("script.plane16", random => Samples.Fill(random, 1400, r => Character(0x100000 + r.Next(65000)))),
        ("script.any", random => Samples.Fill(random, 1400, r => Character(r.Next(2) == 0 ? r.Next(0x20, 0xD800) : r.Next(0xE000, 0x110000)))),
        ("script.mixed", random => Samples.Fill(random, 1500, r => Character(Starts[r.Next(Starts.Length)] + r.Next(24)))),
        ("script.music", random => Samples.Fill(random, 1200, r => Character(0x1D100 + r.Next(200)))),
        ("script.tags", random => Samples.Fill(random, 900, r => "🏴" + Character(0xE0061 + r.Next(26)) + Character(0xE0061 + r.Next(26)) + Character(0xE007F))),
        ("script.braille.image", Picture),
        ("script.blocks", random => Samples.Fill(random, 1500, r => Samples.Draw(r, "█▓▒░ ", 40) + "\n")),
        ("script.table", Table),
        ("script.superscript", random => Samples.Fill(random, 1200, r => Samples.Draw(r, "⁰¹²³⁴⁵⁶⁷⁸⁹", r.Next(1, 6)) + "⁄" + Samples.Draw(r, "₀₁₂₃₄₅₆₇₈₉", r.Next(1, 6)) + " ")),
        ("script.circled", random => Samples.Fill(random, 900, r => Character(0x2460 + r.Next(160)))),
        ("script.fullwidth", random => Samples.Fill(random, 900, r => Character(0xFF01 + r.Next(94)))),
        ("script.linear", random => Samples.Fill(random, 1200, r => Character(0x10000 + r.Next(90)) + (r.Next(6) == 0 ? " " : ""))),
        ("script.khmer", random => Samples.Fill(random, 1200, r => Character(0x1780 + r.Next(35)) + (r.Next(2) == 0 ? Character(0x17B6 + r.Next(16)) : ""))),
        ("script.arabic", random => Samples.Fill(random, 1500, r => Character(0x621 + r.Next(42)) + (r.Next(5) == 0 ? " " : ""))),
        ("script.hangul.few", random => { var few = Enumerable.Range(0, 40).Select(_ => Character(0xAC00 + random.Next(11172))).ToArray(); return Samples.Fill(random, 1200, r => few[r.Next(few.Length)] + (r.Next(4) == 0 ? " " : "")); }),
        ("script.cjk.few", random => { var few = Enumerable.Range(0, 300).Select(_ => Character(0x4E00 + random.Next(20000))).ToArray(); return Samples.Fill(random, 1500, r => few[Math.Min(r.Next(few.Length), r.Next(few.Length))]); }),
        ("encoding.utf16.cjk", random => Encoding.Unicode.GetBytes(Text(random, r => Character(0x4E00 + r.Next(20000))))),
        ("encoding.utf16.plane1", random => Encoding.Unicode.GetBytes(Text(random, r => Character(0x1F300 + r.Next(700))))),
        ("encoding.utf16.bom.csv", random => [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(Text(random, r => $"{r.Next(10000)};{r.Next(100)},{r.Next(10)};Nr {r.Next(9)}\r\n"))]),
        ("encoding.utf16be.bom", random => [0xFE, 0xFF, .. Encoding.BigEndianUnicode.GetBytes(Text(random, r => $"key{r.Next(100)}=wert{r.Next(1000)}\n"))]),
        ("encoding.utf32.codes", random => Encoding.UTF32.GetBytes(Text(random, r => Samples.Draw(r, "abcdef0123456789", 8) + " "))),
        ("encoding.utf32be.bom", random => [0, 0, 0xFE, 0xFF, .. new UTF32Encoding(bigEndian: true, byteOrderMark: false).GetBytes(SampleTexts.Greek)]),
        ("encoding.utf16.stray.codes", random => { var all = Encoding.Unicode.GetBytes(Text(random, r => $"id={r.Next(1000000)}\n")); return [.. all[..501], (byte)'x', .. all[501..]]; }),
        ("encoding.utf16.halves", random => { var all = Encoding.Unicode.GetBytes(Text(random, r => Character(0x430 + r.Next(32)))); return [.. all[1..]]; }),
        ("encoding.cesu8", random => { var bytes = new List<byte>(); while (bytes.Count < 2500) { var pair = Character(0x1F600 + random.Next(60)); foreach (var unit in pair) { bytes.AddRange([(byte)(0xE0 | (unit >> 12)), (byte)(0x80 | ((unit >> 6) & 63)), (byte)(0x80 | (unit & 63))]); } } return [.. bytes]; }),
        ("encoding.overlong.text", random => [.. Encoding.ASCII.GetBytes(SampleTexts.English[random.Next(40)..]).SelectMany(b => new byte[] { (byte)(0xC0 | (b >> 6)), (byte)(0x80 | (b & 63)) })]),
        ("encoding.double", random => Encoding.UTF8.GetBytes(Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(SampleTexts.Russian[random.Next(40)..])))),
        ("encoding.broken", random => { var bytes = Encoding.UTF8.GetBytes(SampleTexts.German + SampleTexts.Polish); for (var i = 0; i < bytes.Length; i += random.Next(20, 90)) { bytes[i] = (byte)random.Next(256); } return bytes; }),
        ("encoding.surrogates", random => { var bytes = new List<byte>(); while (bytes.Count < 2000) { bytes.AddRange([0xED, (byte)(0xA0 + random.Next(32)), (byte)(0x80 + random.Next(64))]); } return [.. bytes]; }),
        ("encoding.highbytes", random => { var bytes = new byte[2000]; foreach (ref var b in bytes.AsSpan()) { b = (byte)random.Next(0x80, 0x100); } return bytes; }),
        ("encoding.nul.between", random => { var bytes = new List<byte>(); while (bytes.Count < 4000) { bytes.AddRange(Encoding.ASCII.GetBytes($"PATH{random.Next(50)}=/usr/{Samples.Draw(random, "abinsrx", random.Next(2, 6))}\0")); } return [.. bytes]; }),
        ("encoding.quoted", random => Samples.Fill(random, 2500, r => $"=C3={r.Next(0x80, 0xC0):X2}{Samples.Draw(r, "abcdenrt ", r.Next(2, 9))}")),
        ("encoding.percent", random => Samples.Fill(random, 2500, r => $"%D0%{r.Next(0x90, 0xC0):X2}")),
        ("encoding.escapes", random => Samples.Fill(random, 2500, r => $"\\u{r.Next(0x4E00, 0x9FFF):x4}")),
        ("encoding.entities", random => Samples.Fill(random, 2500, r => $"&#{r.Next(1072, 1104)};")),
        ("encoding.utf7", random => Samples.Fill(random, 1500, r => $"+{Samples.Draw(r, "ABCDEFGHabcdefgh0123", 8)}- ")),
    ];

    private static string Character(int code) => new Rune(code).ToString();

    private static string Text(Random random, Func<Random, string> piece) => Encoding.UTF8.GetString(Samples.Fill(random, 1800, piece));

    private static byte[] Picture(Random random)
    {
        var text = new StringBuilder();
        for (var y = 0; y < 24; y++)
        {
            for (var x = 0; x < 50; x++)
            {
                var far = Math.Abs(x - 25) + (2 * Math.Abs(y - 12));
                text.Append(far > 30 ? '⠀' : far < 12 ? '⣿' : (char)(0x2800 + random.Next(256)));
            }

            text.Append('\n');
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static byte[] Table(Random random) => Samples.Fill(random, 3000, r =>
        $"│ {r.Next(1000),-8} │ {Samples.Draw(r, "abcdefghij", r.Next(3, 12)),-14} │ {r.Next(100000) / 100}.{r.Next(100):D2} │\n" + (r.Next(4) == 0 ? "├──────────┼────────────────┼───────┤\n" : ""));
}
