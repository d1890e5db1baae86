using System.Globalization;
using System.Text;

namespace NacrithOnnx.Tests.Message;

/// <summary>Contents such as messages have.</summary>
internal static class MessageSamples
{
    /// <summary>Records of a sensor, without line ends.</summary>
    public static string[] Records(int count)
    {
        var random = new Random(24);
        return [.. Enumerable.Range(0, count).Select(i => string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"id":"sensor-{{random.Next(1, 9):00}}","time":"2026-05-{{1 + (i / 24):00}}T{{i % 24:00}}:00:00Z","temperature":{{18 + (random.Next(60) / 10.0):0.0}},"humidity":{{random.Next(38, 60)}},"battery":"ok","status":"normal"}"""))];
    }

    /// <summary>Short texts of 100 to 400 bytes, by kind.</summary>
    public static IReadOnlyDictionary<string, string> Texts { get; } = new Dictionary<string, string>
    {
        ["sms"] = "Hi Anna, the train is twenty minutes late again. Could you ask them to keep the table for us? I will "
            + "call you when I am there.",
        ["sms-2"] = "Don't forget that Mum's birthday is on Sunday. I thought we could all go out for lunch and then walk "
            + "along the river.",
        ["sms-3"] = "Running late, sorry! The meeting took longer than expected. Please start without me, I should be there "
            + "by half past seven.",
        ["german"] = "Guten Morgen! Der Termin beim Zahnarzt ist am Donnerstag um zehn Uhr. Bitte bring die Unterlagen der "
            + "Versicherung mit und sei pünktlich.",
        ["json"] = """{"name":"Alice Johnson","email":"alice@example.com","age":34,"active":true,"tags":["admin","editor"]}""",
        ["url"] = "https://www.example.com/products/search?category=books&sort=price&order=asc&page=2&utm_source=newsletter",
        ["log"] = "2026-05-14 09:12:44,120 ERROR [http-nio-8080-exec-5] c.e.s.OrderService - Failed to load order 48213: "
            + "connection timed out",
    };

    public static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
