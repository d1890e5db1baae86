namespace NacrithOnnx.Tests.Golden;

/// <summary>The golden files that the real model made.</summary>
internal static class GoldenTexts
{
    private const string Novel = "alice29.txt";
    private const string Short = "Running late, the bus broke down near the station. Start without me, I'll be there around half past eight.";
    private const string Record = "{\"device\":\"th-0427\",\"ts\":\"2026-11-30T08:25:00Z\",\"temp_c\":21.4,\"humidity\":46,\"battery_v\":3.02,\"status\":\"ok\"}\n";
    private const string Records =
        "{\"device\":\"th-0411\",\"ts\":\"2026-11-30T08:05:00Z\",\"temp_c\":20.9,\"humidity\":47,\"battery_v\":3.04,\"status\":\"ok\"}\n"
        + "{\"device\":\"th-0419\",\"ts\":\"2026-11-30T08:15:00Z\",\"temp_c\":22.1,\"humidity\":44,\"battery_v\":2.98,\"status\":\"ok\"}\n"
        + "{\"device\":\"th-0423\",\"ts\":\"2026-11-30T08:20:00Z\",\"temp_c\":19.7,\"humidity\":51,\"battery_v\":3.01,\"status\":\"ok\"}\n";

    public static IReadOnlyList<GoldenText> All { get; } =
    [
        new("good-text-short", "a text of 106 bytes, level 6", 6, Short),
        new("good-text-1", "four lanes and a primer of 256 tokens, profile 1", 1, Novel, 18_000) { Profile = 1 },
        new("good-text-6", "one lane, the line-wrap transform, level 6", 6, Novel, 3_000),
        new("good-text-7", "a window of 4,096 positions, level 7", 7, Novel, 2_000),
        new("good-text-9", "two parts everywhere, level 9", 9, Novel, 1_200),
        new("good-text-window", "two lanes with windows of 1,024 positions, rebuilt, profile 1", 1, Novel, 9_000) { Profile = 1 },
        new("good-text-quotes", "transform 32, which replaces `&quot;`, level 6", 6, "enwik8-first-512k", 12_000),
        new("good-text-large", "`good-text-6` in the large form", 6, Novel, 3_000) { IsLarge = true },
        new("dictionary-small", "a record of a sensor after three others, level 6", 6, Record) { Dictionary = Records },
        new("dictionary-large", "the same in the large form", 6, Record) { Dictionary = Records, IsLarge = true },
        new("message-text", "the text of `good-text-short`, with a check of 2 bytes", 6, Short) { IsMessage = true },
        new("message-dictionary", "the record of `dictionary-small`, with a check of 2 bytes", 6, Record) { Dictionary = Records, IsMessage = true },
    ];
}
