using System.Buffers.Text;
using System.Text;
using NacrithOnnx.Format;
using NacrithOnnx.Tests.Support;

namespace NacrithOnnx.Tests.Format;

/// <summary>Archives and messages as text.</summary>
public sealed class ArmorTests
{
    private const string First = "-----BEGIN NACRITH ARCHIVE-----";
    private const string Last = "-----END NACRITH ARCHIVE-----";

    public static TheoryData<int> Lengths => [0, 1, 2, 3, 4, 56, 57, 58, 114, 115, 3_647, 3_648, 3_649, 10_000];

    [Theory]
    [MemberData(nameof(Lengths))]
    public void An_archive_comes_back_and_its_lines_are_those_of_a_slow_twin(int length)
    {
        var archive = RandomBytes(length);

        var text = Armor.EncodeArchive(archive);

        var lines = Base64Url.EncodeToString(archive).Chunk(76).Select(line => new string(line));
        Assert.Equal(string.Concat([First, "\n", .. lines.Select(line => line + "\n"), Last, "\n"]), text);
        Assert.Equal(archive, Armor.DecodeArchive(text));
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public void An_archive_comes_back_through_streams_of_any_pace(int length)
    {
        var archive = RandomBytes(length);
        var text = Encoding.ASCII.GetBytes(EncodeInPieces(archive, seed: length));

        Assert.Equal(Armor.EncodeArchive(archive), Encoding.ASCII.GetString(text));
        Assert.Equal(archive, ReadAll(Armor.Open(new OneByteAtATimeStream(text))));
        Assert.Equal(archive, ReadAll(Armor.Open(new ShortReadStream(text, seed: length))));
        Assert.Equal(archive, ReadAll(Armor.Open(new MemoryStream(text))));
    }

    [Fact]
    public void What_mail_and_chat_do_to_a_text_does_not_matter()
    {
        var archive = RandomBytes(500);
        var text = Armor.EncodeArchive(archive);
        string[] changed =
        [
            text.Replace("\n", "\r\n", StringComparison.Ordinal),
            text.Replace("\n", "  \t\n", StringComparison.Ordinal),
            text.Replace("\n", " ", StringComparison.Ordinal),
            text.Replace("\n", "\n\n", StringComparison.Ordinal),
            "\r\n\n  " + text,
            "\uFEFF" + text,
            text.TrimEnd(),
            string.Join("\n  ", text.Split('\n')),
            $"{First}\n{Wrap(Base64Url.EncodeToString(archive), 30, "\n")}\n{Last}",
        ];

        Assert.All(changed, variant => Assert.Equal(archive, Armor.DecodeArchive(variant)));
        Assert.All(changed, variant => Assert.Equal(archive, ReadAll(Armor.Open(Ascii(variant)))));
    }

    [Fact]
    public void Archives_one_after_the_other_come_back_joined()
    {
        var first = RandomBytes(100);
        var second = RandomBytes(58);
        var text = Armor.EncodeArchive(first) + "\n" + Armor.EncodeArchive([]) + Armor.EncodeArchive(second);

        Assert.Equal([.. first, .. second], Armor.DecodeArchive(text));
    }

    [Fact]
    public void Digits_that_look_like_the_last_line_are_digits()
    {
        string[] lookalikes = ["----", "-----END", "-----ENDNACRITH-", "-----ENx\n-----END----", "-----BEGIN--"];
        foreach (var digits in lookalikes)
        {
            var expected = Base64Url.DecodeFromChars(digits);

            Assert.Equal(expected, Armor.DecodeArchive($"{First}\n{digits}\n{Last}\n"));
        }
    }

    [Fact]
    public void A_text_that_is_cut_anywhere_is_truncated()
    {
        var text = Armor.EncodeArchive(RandomBytes(120)).TrimEnd();

        for (var length = 0; length < text.Length; length++)
        {
            Assert.Throws<TruncatedArchiveException>(() => Armor.DecodeArchive(text[..length]));
        }
    }

    [Theory]
    [InlineData("Hello", "The text has letters outside of an archive in line 1.")]
    [InlineData(First + "\nQUJD\n" + Last + "\nRegards", "The text has letters outside of an archive in line 4.")]
    [InlineData(First + "QUJD\n" + Last, "The text has letters after the first line of an archive in line 1.")]
    [InlineData(First + "\nQUJD\nQU+D\n" + Last, "The text has '+' in line 3, which is not a digit of Base64url.")]
    [InlineData(First + "\nQUI=\n" + Last, "The text has '=' in line 2, which is not a digit of Base64url.")]
    [InlineData(First + "\nQU\u0001\n" + Last, "The text has byte 01 in line 2, which is not a digit of Base64url.")]
    [InlineData(First + "\nQUJDR\n" + Last, "The text has the wrong number of digits before its end in line 3.")]
    [InlineData(First + "\nQUJ\n" + Last, "The text has the wrong number of digits before its end in line 3.")]
    [InlineData(First + "\nQUJD\n-----END NACRITH MESSAGE-----", "The text has a damaged last line in line 3.")]
    public void A_damaged_text_is_named_with_its_line(string text, string message)
    {
        Assert.Equal(message, Assert.Throws<CorruptArchiveException>(() => Armor.DecodeArchive(text)).Message);
        using var stream = new OneByteAtATimeStream(Encoding.ASCII.GetBytes(text));
        using var reader = new ArmorReadStream(stream);
        Assert.Equal(message, Assert.Throws<CorruptArchiveException>(() => ReadAll(reader)).Message);
    }

    [Fact]
    public void Damaged_text_gives_bytes_or_a_clear_failure()
    {
        var random = new Random(FuzzBudget.Seed);
        var text = Encoding.ASCII.GetBytes(Armor.EncodeArchive(RandomBytes(130)));
        for (var round = 0; round < 20_000; round++)
        {
            var damaged = Mutation.Of(text, random);
            try
            {
                Armor.DecodeArchive(damaged);
            }
            catch (NacrithException)
            {
            }
        }
    }

    [Fact]
    public void Without_its_completion_a_text_has_no_end()
    {
        using var text = new MemoryStream();
        using (var writer = new ArmorWriteStream(text))
        {
            writer.Write(RandomBytes(5_000));
        }

        Assert.Throws<TruncatedArchiveException>(() => Armor.DecodeArchive(text.ToArray()));
    }

    [Fact]
    public void Completing_twice_writes_one_end_and_nothing_is_written_after_it()
    {
        using var text = new MemoryStream();
        using var writer = new ArmorWriteStream(text);
        writer.Write([1, 2, 3]);
        writer.Complete();
        writer.Complete();

        Assert.Equal($"{First}\nAQID\n{Last}\n", Encoding.ASCII.GetString(text.ToArray()));
        Assert.Throws<ObjectDisposedException>(() => writer.Write([4]));
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public void A_message_is_one_line_and_comes_back(int length)
    {
        var message = RandomBytes(length);

        var text = Armor.EncodeMessage(message);

        Assert.Equal(((length * 8) + 5) / 6, text.Length);
        Assert.DoesNotContain('\n', text);
        Assert.Equal(message, Armor.DecodeMessage(text));
        Assert.Equal(message, Armor.DecodeMessage($"\uFEFF {Wrap(text, 40, "\r\n ")}\n"));
    }

    [Theory]
    [InlineData("QUJDR", "The text of the message has the wrong number of digits.")]
    [InlineData("QUK", "The text of the message has the wrong number of digits.")]
    [InlineData("QU\nI=", "The text has '=' in line 2, which is not a digit of Base64url.")]
    [InlineData("Q\u00e9", "The text has byte c3 in line 1, which is not a digit of Base64url.")]
    public void A_damaged_message_is_refused(string text, string what) =>
        Assert.Equal(what, Assert.Throws<CorruptArchiveException>(() => Armor.DecodeMessage(text)).Message);

    [Fact]
    public void Bytes_are_passed_through_without_waiting_for_more_than_the_first_one()
    {
        byte[] archive = [.. FormatConstants.Magic, 1, 2, 3];
        using var seekable = new MemoryStream([0, 0, .. archive]) { Position = 2 };
        using var pipe = new FailingStream(archive, limit: 1);

        Assert.Same(seekable, Armor.Open(seekable));
        Assert.Equal(archive, ReadAll(seekable));
        Assert.Equal(archive, ReadAll(Armor.Open(new OneByteAtATimeStream(archive))));
        Assert.Equal(0x89, Armor.Open(pipe).ReadByte());
        Assert.Empty(ReadAll(Armor.Open(new OneByteAtATimeStream([]))));
        Assert.Equal("-----BEG"u8, ReadAll(Armor.Open(new OneByteAtATimeStream("-----BEG"u8.ToArray()))));
    }

    [Theory]
    [InlineData("", null)]
    [InlineData("-----BEGIN NACRITH ARCHIVE----", null)]
    [InlineData("\r\n ", null)]
    [InlineData(First, true)]
    [InlineData("\n\n" + First, true)]
    [InlineData("\u0089", false)]
    [InlineData("-----BEGIN PGP MESSAGE-----", false)]
    [InlineData("iU5DWABhIHRleHQ", false)]
    [InlineData("                                                                 " + First, false)]
    public void The_first_bytes_tell_whether_there_is_text(string start, bool? expected)
    {
        var decided = Armor.TryRecognize(Encoding.Latin1.GetBytes(start), out var isText);

        Assert.Equal(expected, decided ? isText : null);
    }

    private static string Wrap(string text, int width, string lineEnd) =>
        string.Join(lineEnd, text.Chunk(width).Select(line => new string(line)));

    private static byte[] RandomBytes(int length)
    {
        var bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        return bytes;
    }

    private static string EncodeInPieces(byte[] archive, int seed)
    {
        var random = new Random(seed);
        using var text = new MemoryStream();
        using var writer = new ArmorWriteStream(text);
        for (var start = 0; start < archive.Length;)
        {
            var count = Math.Min(random.Next(200), archive.Length - start);
            writer.Write(archive, start, count);
            start += count;
        }

        writer.Complete();
        return Encoding.ASCII.GetString(text.ToArray());
    }

    private static ShortReadStream Ascii(string text) => new ShortReadStream(Encoding.UTF8.GetBytes(text), seed: 1);

    private static byte[] ReadAll(Stream stream)
    {
        using var all = new MemoryStream();
        stream.CopyTo(all, 7);
        return all.ToArray();
    }
}
