using System.Text;

namespace NacrithOnnx.Payloads;

/// <summary>Texts in encodings other than UTF-8.</summary>
internal static class EncodingSamples
{
    private static readonly (string Encoding, string Text)[] Pairs =
    [
        ("windows-1251", SampleTexts.Russian), ("koi8-r", SampleTexts.Russian), ("cp866", SampleTexts.Russian),
        ("iso-8859-5", SampleTexts.Russian), ("windows-1251", SampleTexts.Ukrainian), ("koi8-u", SampleTexts.Ukrainian),
        ("windows-1253", SampleTexts.Greek), ("windows-1255", SampleTexts.Hebrew), ("windows-1256", SampleTexts.Arabic),
        ("windows-1250", SampleTexts.Polish), ("iso-8859-2", SampleTexts.Polish), ("windows-1254", SampleTexts.Turkish),
        ("ibm850", SampleTexts.German), ("macintosh", SampleTexts.German), ("IBM037", SampleTexts.English),
        ("IBM273", SampleTexts.German), ("shift_jis", SampleTexts.Japanese), ("euc-jp", SampleTexts.Japanese),
        ("gb2312", SampleTexts.Chinese), ("big5", SampleTexts.Chinese), ("euc-kr", SampleTexts.Korean),
        ("utf-16", SampleTexts.Russian), ("utf-16BE", SampleTexts.Greek), ("utf-16", SampleTexts.Japanese),
        ("utf-16", SampleTexts.Arabic), ("utf-32", SampleTexts.German), ("utf-32BE", SampleTexts.Russian), ("utf-32", SampleTexts.Chinese),
    ];

    public static IEnumerable<(string Name, Func<Random, byte[]> Make)> Kinds
    {
        get
        {
            Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
            foreach (var (name, text) in Pairs)
            {
                yield return ($"encoding.{name}.{text[..2].Trim()}", random => Encoding.GetEncoding(name).GetBytes(Shuffle(random, text)));
            }

            yield return ("encoding.stray", random =>
            {
                var utf16 = Encoding.Unicode.GetBytes(Shuffle(random, SampleTexts.Russian));
                var at = random.Next(utf16.Length / 2) * 2;
                return [.. utf16.AsSpan(0, at), 0x41, .. utf16.AsSpan(at)];
            }
            );
        }
    }

    /// <summary>The sentences of the text in another order, without some of them.</summary>
    private static string Shuffle(Random random, string text)
    {
        var sentences = text.Trim().Split(['.', '。'], StringSplitOptions.RemoveEmptyEntries);
        random.Shuffle(sentences);
        var stop = text.Contains('。', StringComparison.Ordinal) ? "。" : ".";
        return string.Concat(sentences.Take(sentences.Length - random.Next(2)).Select(sentence => sentence.Trim() + stop + (stop == "." ? " " : ""))) + "\n";
    }
}
