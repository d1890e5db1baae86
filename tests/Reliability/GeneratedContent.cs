using System.Text;
using FsCheck;
using FsCheck.Fluent;
using NacrithOnnx.Tests.Bytes;

namespace NacrithOnnx.Tests.Reliability;

/// <summary>Concatenated byte sequences of every kind, common in files or not.</summary>
internal static class GeneratedContent
{
    private const int MaxPieces = 6;

    private static readonly string[] Words =
        ["the", "Alice", "rabbit", "don't", "1865", "café", "Привет", "日本語", "🙂", "naïve", "<|endoftext|>", "C:\\x", "=", "—", "\t"];

    private static readonly string[] Ends = [" ", " ", " ", "\n", "\r\n", ".\n", "\r", "\n\n\n"];

    /// <summary>Sequences that shrink to shorter ones.</summary>
    public static Arbitrary<byte[]> Arbitrary { get; } = Arb.From(Sequence(), Shrink);

    private static Gen<byte[]> Sequence() =>
        from count in Gen.Choose(0, MaxPieces)
        from pieces in Gen.ArrayOf(Piece(), count)
        select pieces.SelectMany(piece => piece).ToArray();

    private static Gen<byte[]> Piece() => Gen.Frequency(
        (6, Text(Encoding.UTF8)),
        (1, Text(Encoding.Latin1)),
        (1, Text(new UTF8Encoding(true)).Select(text => (byte[])[0xEF, 0xBB, 0xBF, .. text])),
        (1, Text(Encoding.Unicode).Select(text => (byte[])[0xFF, 0xFE, .. text])),
        (1, Text(Encoding.BigEndianUnicode)),
        (2, Gen.ArrayOf(Gen.Choose(0, 255)).Select(values => Array.ConvertAll(values, value => (byte)value))),
        (1, Gen.Choose(0, 3000).Select(seed => SampleBytes.Random(seed, seed))),
        (1, Run()),
        (1, Gen.Choose(0, 400).Select(length => SampleBytes.Get("code")[..length])),
        (1, Gen.Choose(0, 60).Select(SampleBytes.Csv)),
        (1, Gen.Elements<byte[]>([0xFF], [0xC3], [0xF0, 0x9F], [0xED, 0xA0, 0x80], [0], "\r"u8.ToArray(), [0x89, 0x4E, 0x43, 0x58, 0x0D, 0x0A, 0x1A, 0x0A])));

    private static Gen<byte[]> Text(Encoding encoding) => Gen.Zip(Gen.Elements(Words), Gen.Elements(Ends)).ListOf()
        .Select(words => encoding.GetBytes(string.Concat(words.Select(word => word.Item1 + word.Item2))));

    private static Gen<byte[]> Run() => Gen.Zip(Gen.Choose(0, 255), Gen.Choose(0, 2000))
        .Select(run => Enumerable.Repeat((byte)run.Item1, run.Item2).ToArray());

    private static IEnumerable<byte[]> Shrink(byte[] content)
    {
        for (var piece = content.Length / 2; piece > 0; piece /= 2)
        {
            for (var start = 0; start + piece <= content.Length; start += piece)
            {
                yield return [.. content[..start], .. content[(start + piece)..]];
            }
        }
    }
}
