using System.Text;
using NacrithOnnx.Cli;
using NacrithOnnx.Cli.Posix;

namespace NacrithOnnx.Tests.Cli;

public sealed class ByteNameTests
{
    private const int Names = 20_000;

    /// <summary>Bytes that begin, continue or break sequences of UTF-8, beside letters.</summary>
    private static readonly byte[] Bytes = [.. "a/."u8, 0x80, 0xBF, 0xC2, 0xC0, 0xE2, 0x82, 0xAC, 0xED, 0xA0, 0xF0, 0x9F, 0x98, 0x80, 0xF5, 0xFF];

    [Fact]
    public void Any_bytes_come_back_and_no_two_names_become_one()
    {
        var random = new Random(20261123);
        var seen = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var count = 0; count < Names; count++)
        {
            var name = new byte[random.Next(1, 7)];
            for (var index = 0; index < name.Length; index++)
            {
                name[index] = Bytes[random.Next(Bytes.Length)];
            }

            var text = ByteName.Decode(name);

            Assert.Equal([.. name, 0], ByteName.Encode(text));
            Assert.Equal(Convert.ToHexString(name), seen.GetValueOrDefault(text, Convert.ToHexString(name)));
            seen[text] = Convert.ToHexString(name);
            Assert.Equal(ByteName.HasEscape(text), Encoding.UTF8.GetString(name).Contains(ByteName.Replacement, StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("plain.txt")]
    [InlineData("\u00E9\u6587\uD83D\uDE00")]
    [InlineData("\uFFFD")]
    public void Valid_names_are_what_they_are(string name)
    {
        Assert.Equal(name, ByteName.Decode(Encoding.UTF8.GetBytes(name)));
        Assert.Equal([.. Encoding.UTF8.GetBytes(name), 0], ByteName.Encode(name));
        Assert.Equal(name, ByteName.Readable(name));
    }

    [Fact]
    public void Messages_show_bytes_that_are_not_text_and_nothing_that_moves_the_cursor()
    {
        Assert.Equal("caf\\xE9\uD83D\uDE00", Messages.Printable(ByteName.Decode([.. "caf"u8, 0xE9, 0xF0, 0x9F, 0x98, 0x80])));
        Assert.Equal("a?b?c?", Messages.Printable("a\u001Bb\u202Ec\u2066"));
    }
}
