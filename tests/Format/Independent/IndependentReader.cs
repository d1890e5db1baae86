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
        Require(Take(4).AsSpan().SequenceEqual(Magic.AsSpan(0, 4)), "magic");
        if (Take(1)[0] != 0x0D)
        {
            _at--;
            Small(start);
            return;
        }

        Require(Take(3).AsSpan().SequenceEqual(Magic.AsSpan(5)), "magic");
        int major = Take(1)[0];
        int flags = Take(1)[0];
        var map = Map(Take(Varint(1 << 16)));
        RequireHash(start);
        Require(major == 1 && flags == 0, "version");
        Require(!map.ContainsKey(2) || map.ContainsKey(1), "dictionary without model");
        Require(!map.ContainsKey(3) || !map.ContainsKey(6), "profile and parameters");
        _lines.Add($"archive {start} large minor={Number(map, 0)} model={Hex(map, 1)} dictionary={Hex(map, 2)} "
            + $"profile={Number(map, 3)} level={Number(map, 4)} length={(map.TryGetValue(5, out var n) ? n : "-")}");
        foreach (var (name, value) in (List<(object, object)>)map.GetValueOrDefault(6, new List<(object, object)>()))
        {
            _lines.Add($"parameter {name}={value}");
        }

        Frames(start, map);
    }

    private void Small(int start)
    {
        var tag = Take(1)[0];
        var profile = tag & 0x0F;
        var kind = tag >> 6;
        Require(profile < 15 && (profile == 0) == (kind == 0), "profile");
        var model = kind is 1 or 3 ? Convert.ToHexStringLower(Take(4)) : "-";
        var dictionary = (tag & 0x20) != 0 ? Convert.ToHexStringLower(Take(4)) : "-";
        var length = Varint(1 << 22);
        var restLength = kind == 0 ? length : Varint((1 << 22) + (1 << 16));
        var body = IndependentBody.Read(tag, Take(restLength), length);
        var check = Convert.ToHexStringLower(Take(8));
        _lines.Add($"archive {start} small model={model} dictionary={dictionary} profile={profile} length={length}");
        _lines.Add($"frame {start} length={length} {body.Fields} check={check}");
    }

    private void Frames(int start, Dictionary<long, object> archive)
    {
        var promised = archive.TryGetValue(5, out var length) ? (long)length : -1;
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
                case 1:
                    Require(indexAt < 0, "order");
                    expectedIndex.AddRange(BitConverter.GetBytes((long)(at - start)));
                    expectedIndex.AddRange(BitConverter.GetBytes(total));
                    count++;
                    total += Data(at, Map(header), payload, archive);
                    break;
                case 2:
                    Require(indexAt < 0 && count > 0 && payload.AsSpan().SequenceEqual(expectedIndex.ToArray()), "index");
                    indexAt = at;
                    _lines.Add($"index {at} entries={count}");
                    break;
                case 3:
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

    private long Data(int at, Dictionary<long, object> map, byte[] payload, Dictionary<long, object> archive)
    {
        var length = (long)map[0];
        Require(length is > 0 and <= 1 << 26, "content length");
        Require(((byte[])map[1]).Length == 8, "content check");
        Require(payload.Length > 0, "no body");
        var tag = payload[0];
        Require((tag & 0x2F) == 0, "profile or dictionary in a data frame");
        var body = IndependentBody.Read(tag, payload[1..], length);
        Require(tag == 0 || archive.ContainsKey(3) || archive.ContainsKey(6), "no parameters");
        Require(!body.HasText || archive.ContainsKey(1), "text without model");
        _lines.Add($"frame {at} length={length} {body.Fields} check={Hex(map, 1)}");
        return length;
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
