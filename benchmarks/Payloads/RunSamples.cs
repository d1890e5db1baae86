using System.Text;

namespace NacrithOnnx.Payloads;

/// <summary>Runs and patterns, most of them next to empty of information.</summary>
internal static class RunSamples
{
    public static IEnumerable<(string Name, Func<Random, byte[]> Make)> Kinds =>
    [
        ("run.dash", random => Repeat(random, "-"u8.ToArray(), 20000)),
        ("run.zero", random => Repeat(random, [0], 30000)),
        ("run.ff", random => Repeat(random, [0xFF], 9000)),
        ("run.newline", random => Repeat(random, "\n"u8.ToArray(), 9000)),
        ("run.emoji", random => Repeat(random, "😀"u8.ToArray(), 6000)),
        ("run.pair", random => Repeat(random, "ab"u8.ToArray(), 9000)),
        ("run.commas", random => Repeat(random, ",,,,,,\n"u8.ToArray(), 9000)),
        ("run.pattern", random => Repeat(random, Bytes(random, random.Next(5, 60)), 8000)),
        ("run.line", random => Repeat(random, "All work and no play makes a dull file.\n"u8.ToArray(), 6000)),
        ("run.lengths", random => Pieces(random, 4000, r => [.. Enumerable.Repeat((byte)(r.Next(4) * 60), r.Next(1, 80))])),
        ("run.two", random => Pieces(random, 6000, r => [.. Enumerable.Repeat((byte)"#."[r.Next(2)], r.Next(1, 20))])),
        ("run.sparse", random => Pieces(random, 6000, r => [.. new byte[r.Next(1, 150)], (byte)r.Next(256)])),
        ("run.overlong", random => Pieces(random, 3000, _ => [0xC0, 0xAF, 0xE0, 0x80, 0xAF])),
        ("run.invalid", random => Pieces(random, 2000, r => [(byte)(0x80 + r.Next(64)), (byte)(0xC0 + r.Next(8)), (byte)r.Next(32, 127)])),
        ("run.control", random => Pieces(random, 3000, r => [0x1B, (byte)'[', (byte)('0' + r.Next(10)), (byte)'m', (byte)(1 + r.Next(31))])),
        ("run.box", Box),
        ("run.maze", random => Samples.Fill(random, 1500, r => Samples.Draw(r, "╱╲", 40) + "\n")),
        ("run.blanks", random => Samples.Fill(random, 5000, r => new string(' ', r.Next(1, 70)) + "x\n")),
        ("run.counter", random => [.. Enumerable.Range(random.Next(1000), 1500).SelectMany(i => Encoding.ASCII.GetBytes($"{i}\n"))]),
        ("run.bytes", random => [.. Enumerable.Range(random.Next(100), 4000).Select(i => (byte)i)]),
    ];

    private static byte[] Bytes(Random random, int count)
    {
        var bytes = new byte[count];
        random.NextBytes(bytes);
        return bytes;
    }

    private static byte[] Repeat(Random random, byte[] piece, int usual) =>
        [.. Enumerable.Repeat(piece, Samples.Length(random, usual) / piece.Length).SelectMany(p => p)];

    private static byte[] Pieces(Random random, int usual, Func<Random, byte[]> piece)
    {
        var bytes = new List<byte>();
        for (var length = Samples.Length(random, usual); bytes.Count < length;)
        {
            bytes.AddRange(piece(random));
        }

        return [.. bytes];
    }

    private static byte[] Box(Random random) => Samples.Fill(random, 1200, r =>
    {
        var width = r.Next(4, 20);
        var line = new string('─', width);
        return $"┌{line}┐\n│{Samples.Draw(r, "▀▄█ ", width)}│\n└{line}┘\n";
    });
}
