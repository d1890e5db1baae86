using System.Text;

namespace NacrithOnnx.Payloads;

/// <summary>Scripts: random characters, and made-up words with blanks.</summary>
internal static class ScriptSamples
{
    private static readonly (string Name, int First, int Count)[] Scripts =
    [
        ("braille", 0x2800, 256), ("hangul", 0xAC00, 11172), ("cjk", 0x4E00, 20000), ("kana", 0x3041, 86),
        ("cyrillic", 0x0430, 32), ("devanagari", 0x0905, 50), ("thai", 0x0E01, 46), ("ethiopic", 0x1200, 72),
        ("georgian", 0x10D0, 33), ("cuneiform", 0x12000, 900), ("privateuse", 0xE000, 6400), ("plane15", 0xF0000, 60000),
        ("hieroglyph", 0x13000, 1000), ("yi", 0xA000, 1160), ("cherokee", 0x13A0, 80), ("mathletters", 0x1D400, 200),
        ("emoji", 0x1F600, 64), ("runes", 0x16A0, 75), ("tibetan", 0x0F40, 40),
    ];

    public static IEnumerable<(string Name, Func<Random, byte[]> Make)> Kinds
    {
        get
        {
            foreach (var (name, first, count) in Scripts)
            {
                yield return ($"script.{name}.random", random => Random(random, first, count));
                if (count < 12000)
                {
                    yield return ($"script.{name}.words", random => Words(random, first, Math.Min(count, 60)));
                }
            }
        }
    }

    private static byte[] Random(Random random, int first, int count)
    {
        var text = new StringBuilder();
        for (var i = Samples.Length(random, 900); i > 0; i--)
        {
            text.Append(new Rune(first + random.Next(count)).ToString());
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static byte[] Words(Random random, int first, int count)
    {
        var words = Enumerable.Range(0, 120).Select(_ => string.Concat(Enumerable.Range(0, random.Next(2, 7))
            .Select(_ => new Rune(first + Math.Min(random.Next(count), random.Next(count))).ToString()))).ToArray();
        return Samples.Fill(random, 1000, r => words[Math.Min(r.Next(words.Length), r.Next(words.Length))] + (r.Next(11) == 0 ? "\n" : " "));
    }
}
