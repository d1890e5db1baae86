using static NacrithOnnx.NacrithErrorCode;

namespace NacrithOnnx.Tests.Reliability.Mutations;

/// <content>Section 2: MessagePack in its one encoding.</content>
internal static partial class MutationCorpus
{
    /// <summary>Eight nested arrays.</summary>
    private const string Deepest = "919191919191919100";

    private static IEnumerable<MutationRecipe> Maps()
    {
        yield return Map("empty map in a byte", Corrupt, "80");
        yield return Map("array for a map", Corrupt, "92 04 01");
        yield return Map("number for a map", Corrupt, "04");
        yield return Map("map of one field and none there", Corrupt, "81");
        yield return Map("map that ends after a key", Corrupt, "81 04");
        yield return Map("byte after the map", Corrupt, "81 04 01 00");
        yield return Map("map of one field as map 16", Corrupt, "DE 00 01 04 01");
        yield return Map("map of one field as map 32", Corrupt, "DF 00 00 00 01 04 01");
        yield return Map("map of 2^32−1 fields", Corrupt, "DF FF FF FF FF 04 01");
        yield return Map("key in a longer form", Corrupt, "81 CC 04 01");

        // A value that readers skip must still be in the subset.
        foreach (var key in (string[])["04", "7F"])
        {
            var where = key == "04" ? "in a known field" : "in a field to be passed over";
            yield return Map($"nil {where}", Corrupt, $"81 {key} C0");
            yield return Map($"byte C1 {where}", Corrupt, $"81 {key} C1");
            yield return Map($"bool {where}", Corrupt, $"81 {key} C3");
            yield return Map($"float 32 {where}", Corrupt, $"81 {key} CA 3F 80 00 00");
            yield return Map($"float 64 {where}", Corrupt, $"81 {key} CB 3F F0 00 00 00 00 00 00");
            yield return Map($"ext 8 {where}", Corrupt, $"81 {key} C7 01 01 00");
            yield return Map($"fixext 1 {where}", Corrupt, $"81 {key} D4 01 00");
            yield return Map($"1 as uint 8 {where}", Corrupt, $"81 {key} CC 01");
            yield return Map($"200 as uint 16 {where}", Corrupt, $"81 {key} CD 00 C8");
            yield return Map($"200 as uint 32 {where}", Corrupt, $"81 {key} CE 00 00 00 C8");
            yield return Map($"200 as uint 64 {where}", Corrupt, $"81 {key} CF 00 00 00 00 00 00 00 C8");
            yield return Map($"200 as int 16 {where}", Corrupt, $"81 {key} D1 00 C8");
            yield return Map($"−1 as int 8 {where}", Corrupt, $"81 {key} D0 FF");
            yield return Map($"2^63 {where}", Corrupt, $"81 {key} CF 80 00 00 00 00 00 00 00");
            yield return Map($"number that is truncated {where}", Corrupt, $"81 {key} CD 01");
        }

        yield return Map("str of 1 byte as str 8", Corrupt, "81 7F D9 01 61");
        yield return Map("str of 1 byte as str 16", Corrupt, "81 7F DA 00 01 61");
        yield return Map("str of 1 byte as str 32", Corrupt, "81 7F DB 00 00 00 01 61");
        yield return Map("str longer than the map", Corrupt, "81 7F A2 61");
        yield return Map("str of 2^32−1 bytes", Corrupt, "81 7F DB FF FF FF FF");
        yield return Map("bin of 1 byte as bin 16", Corrupt, "81 7F C5 00 01 61");
        yield return Map("bin of 1 byte as bin 32", Corrupt, "81 7F C6 00 00 00 01 61");
        yield return Map("bin longer than the map", Corrupt, "81 7F C4 02 61");
        yield return Map("bin of 2^32−1 bytes", Corrupt, "81 7F C6 FF FF FF FF");
        yield return Map("array of 1 as array 16", Corrupt, "81 7F DC 00 01 00");
        yield return Map("array of 1 as array 32", Corrupt, "81 7F DD 00 00 00 01 00");
        yield return Map("array longer than the map", Corrupt, "81 7F 92 00");
        yield return Map("array of 2^32−1", Corrupt, "81 7F DD FF FF FF FF 00");
        yield return Map("inner map longer than the map", Corrupt, "81 7F 82 00 00");
        yield return Map("one container too many in each other", Corrupt, $"81 7F 91 {Deepest}");
        yield return Map("as many containers in each other as may be", null, $"81 7F {Deepest}");
        yield return Map("inner map with keys of any kind and order", null, "81 7F 83 01 00 00 A1 61 A0 C4 00");
    }

    /// <summary>A stored archive with this map as its header.</summary>
    private static MutationRecipe Map(string name, NacrithErrorCode? code, string hex) => Change(
        MutationSamples.Plain, name, code,
        parts => parts.Header.Replace(Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal))));
}
