using System.Security.Cryptography;
using System.Text;

namespace NacrithOnnx.Tests.Format.Independent;

/// <summary>
/// A second reader of the container, written from docs/format.md alone, without any type of the library. It reads an
/// archive in memory, checks the rules of the document, and lists every field as text.
/// </summary>
internal sealed class IndependentReader(byte[] input)
{
    private static readonly byte[] Magic = [0x89, 0x4E, 0x43, 0x58, 0x0D, 0x0A, 0x1A, 0x0A];
    private readonly List<string> _lines = [];
    private int _at;

    /// <summary>Lists an input of one or more archives.</summary>
    /// <exception cref="InvalidDataException">A rule of the document is broken.</exception>
    public static List<string> List(byte[] input)
    {
        var reader = new IndependentReader(input);
        do
        {
            reader.Archive();
            while (reader._at < input.Length && input[reader._at] == 0)
            {
                reader._at++;
            }
        }
        while (reader._at < input.Length);

        return reader._lines;
    }

    private void Archive()
    {
        var start = _at;
        Require(Take(8).SequenceEqual(Magic), "magic");
        int major = Take(1)[0];
        int flags = Take(1)[0];
        var map = Map(Take(Varint(1 << 16)));
        RequireHash(start);
        Require(major == 1 && flags == 0, "version");
        var hasModel = map.ContainsKey(1);
        Require(hasModel == map.ContainsKey(2) && hasModel == map.ContainsKey(3), "identity");
        _lines.Add($"archive {start} minor={Number(map, 0)} model={Hex(map, 1)} tokenizer={Hex(map, 2)} "
            + $"arithmetic={map.GetValueOrDefault(3, "-")} level={Number(map, 4)} length={(map.TryGetValue(5, out var n) ? n : "-")}");
        foreach (var (name, value) in (List<(object, object)>)map.GetValueOrDefault(6, new List<(object, object)>()))
        {
            _lines.Add($"parameter {name}={value}");
        }

        Frames(start, map.TryGetValue(5, out var length) ? (long)length : -1, hasModel);
    }

    private void Frames(int start, long promised, bool hasModel)
    {
        long total = 0;
        var count = 0;
        var indexAt = -1;
        var expectedIndex = new List<byte>();
        for (var ended = false; !ended;)
        {
            var at = _at;
            int type = Take(1)[0];
            var headerLength = Varint(1 << 16);
            var payloadLength = Varint((1 << 26) + (1 << 16));
            var header = Take(headerLength);
            RequireHash(at);
            var payload = Take(payloadLength);
            if (payloadLength > 0)
            {
                RequireHash(_at - payloadLength);
            }

            switch (type)
            {
                case 1 or 2:
                    Require(indexAt < 0 && (type == 1 || count == 0), "order");
                    expectedIndex.AddRange(BitConverter.GetBytes((long)(at - start)));
                    expectedIndex.AddRange(BitConverter.GetBytes(total));
                    count++;
                    total += Data(at, type, Map(header), payload, hasModel);
                    ended = type == 2;
                    break;
                case 3:
                    Require(indexAt < 0 && count > 0 && payload.AsSpan().SequenceEqual(expectedIndex.ToArray()), "index");
                    indexAt = at;
                    _lines.Add($"index {at} entries={count}");
                    break;
                case 4:
                    var map = Map(header);
                    Require((long)map[0] == total && (long)map[1] == count && ((byte[])map[2]).Length == 32, "totals");
                    if (indexAt < 0)
                    {
                        Require(payloadLength == 0, "footer");
                    }
                    else
                    {
                        Require(payloadLength == 24 && BitConverter.ToInt64(payload, 0) == _at - indexAt
                            && BitConverter.ToInt64(payload, 8) == _at - start
                            && Encoding.ASCII.GetString(payload, 16, 8) == "NCXINDEX", "footer");
                    }

                    _lines.Add($"end {at} length={total} frames={count} hash={Hex(map, 2)}");
                    ended = true;
                    break;
                default:
                    Require(type is >= 0x40 and <= 0x4F, "type");
                    break;
            }
        }

        Require(promised < 0 || promised == total, "length");
    }

    private long Data(int at, int type, Dictionary<long, object> map, byte[] payload, bool hasModel)
    {
        Require(((byte[])map[0]).Length == 16, "content hash");
        var numbers = map.TryGetValue(1, out var list)
            ? ((List<object>)list).ConvertAll(value => (long)value)
            : payload.Length > 0 ? [2, 0, payload.Length] : [];
        Require(numbers.Count % 3 == 0 && numbers.Count <= 3 * 4096, "regions");
        Require(list is null || numbers.Count > 3 || numbers[0] != 2, "single stored region listed");
        var lengths = new long[3];
        var regions = new StringBuilder();
        for (var region = 0; region < numbers.Count; region += 3)
        {
            var (kind, transform, length) = (numbers[region], numbers[region + 1], numbers[region + 2]);
            Require(kind is >= 0 and <= 2 && length > 0 && transform >= 0 && transform <= (kind == 2 ? 0 : 65535), "region");
            lengths[kind] += length;
            regions.Append($" {kind}/{transform}/{length}");
        }

        var hasText = lengths[0] > 0;
        Require(!hasText || hasModel, "text without model");
        Require(new[] { 2, 3, 4, 5 }.All(key => map.ContainsKey(key) == hasText), "text fields");
        Require(map.ContainsKey(6) == (lengths[1] > 0), "bytes field");
        Require(Number(map, 5) + Number(map, 6) + lengths[2] == payload.Length, "sections");
        Require(Number(map, 2) <= (2 * lengths[0]) + 1024, "tokens");
        var total = lengths.Sum();
        Require(total <= 1 << 26 && (type == 2 || total > 0), "content length");
        _lines.Add($"data {at} length={total} payload={payload.Length} hash={Hex(map, 0)} tokens={Number(map, 2)} "
            + $"streams={Number(map, 3)} primer={Number(map, 4)} text={Number(map, 5)} bytes={Number(map, 6)}{regions}");
        return total;
    }

    private byte[] Take(int length)
    {
        Require(length <= input.Length - _at, "end of input");
        _at += length;
        return input[(_at - length).._at];
    }

    private int Varint(int max)
    {
        long value = 0;
        for (var shift = 0; shift < 63; shift += 7)
        {
            var next = Take(1)[0];
            value |= (long)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                Require((next != 0 || shift == 0) && value <= max, "varint");
                return (int)value;
            }
        }

        throw new InvalidDataException("varint");
    }

    private void RequireHash(int start)
    {
        var hash = SHA256.HashData(input.AsSpan(start, _at - start));
        Require(Take(8).AsSpan().SequenceEqual(hash.AsSpan(0, 8)), $"hash of {start}");
    }

    private static Dictionary<long, object> Map(byte[] bytes)
    {
        var fields = new Dictionary<long, object>();
        if (bytes.Length == 0)
        {
            return fields;
        }

        var at = 0;
        long last = -1;
        foreach (var (key, value) in (List<(object Key, object Value)>)IndependentMessagePack.Read(bytes, ref at))
        {
            Require((long)key > last && (long)key <= 127, "key order");
            last = (long)key;
            fields.Add(last, value);
        }

        Require(at == bytes.Length && fields.Count > 0, "map length");
        return fields;
    }

    private static long Number(Dictionary<long, object> map, long key) => (long)map.GetValueOrDefault(key, 0L);

    private static string Hex(Dictionary<long, object> map, long key) =>
        map.TryGetValue(key, out var value) ? Convert.ToHexStringLower((byte[])value) : "-";

    private static void Require(bool condition, string rule)
    {
        if (!condition)
        {
            throw new InvalidDataException(rule);
        }
    }
}
