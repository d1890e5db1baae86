using System.Buffers;
using MessagePack;
using NacrithOnnx.Format;

namespace NacrithOnnx.Tests.Format;

/// <summary>Header maps: <see cref="FieldWriter"/> writes the only encoding that <see cref="FieldReader"/> accepts.</summary>
public sealed class FieldReaderTests
{
    /// <summary>A key that readers may skip.</summary>
    private const byte Ancillary = 64;

    private delegate void ReadAction(ref FieldReader fields);

    [Theory]
    [InlineData(0, "00")]
    [InlineData(127, "7F")]
    [InlineData(128, "CC80")]
    [InlineData(255, "CCFF")]
    [InlineData(256, "CD0100")]
    [InlineData(65_535, "CDFFFF")]
    [InlineData(65_536, "CE00010000")]
    [InlineData(4_294_967_295, "CEFFFFFFFF")]
    [InlineData(4_294_967_296, "CF0000000100000000")]
    [InlineData(long.MaxValue, "CF7FFFFFFFFFFFFFFF")]
    [InlineData(-1, "FF")]
    [InlineData(-32, "E0")]
    [InlineData(-33, "D0DF")]
    [InlineData(-128, "D080")]
    [InlineData(-129, "D1FF7F")]
    [InlineData(-32_768, "D18000")]
    [InlineData(-32_769, "D2FFFF7FFF")]
    [InlineData(int.MinValue, "D280000000")]
    [InlineData(int.MinValue - 1L, "D3FFFFFFFF7FFFFFFF")]
    [InlineData(long.MinValue, "D38000000000000000")]
    public void An_integer_takes_its_shortest_form(long value, string hex)
    {
        var fields = new FieldWriter();
        fields.WriteInteger(Ancillary, value);

        Assert.Equal("8140" + hex, Convert.ToHexString(Map(fields)));
        ReadOne(Map(fields), (ref reader) => Assert.Equal(value, reader.ReadInteger(long.MinValue, long.MaxValue)));
    }

    [Theory]
    [InlineData("CC7F")]
    [InlineData("CD00FF")]
    [InlineData("CE0000FFFF")]
    [InlineData("CF00000000FFFFFFFF")]
    [InlineData("D000")]
    [InlineData("D0E0")]
    [InlineData("D10100")]
    [InlineData("D1FF80")]
    [InlineData("D200010000")]
    [InlineData("D2FFFF8000")]
    [InlineData("D3FFFFFFFF80000000")]
    [InlineData("D30000000000000001")]
    [InlineData("D37FFFFFFFFFFFFFFF")]
    [InlineData("CF8000000000000000")]
    [InlineData("CB3FF0000000000000")]
    [InlineData("C0")]
    [InlineData("A161")]
    public void Another_encoding_of_an_integer_is_corrupt(string hex) => AssertCorrupt(
        [0x81, Ancillary, .. Convert.FromHexString(hex)],
        (ref reader) => reader.ReadInteger(long.MinValue, long.MaxValue));

    [Theory]
    [InlineData(-1, 5, 6)]
    [InlineData(6, 0, 5)]
    public void An_integer_outside_the_bounds_is_corrupt(long value, long min, long max)
    {
        var fields = new FieldWriter();
        fields.WriteInteger(Ancillary, value);

        AssertCorrupt(Map(fields), (ref reader) => reader.ReadInteger(min, max));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(31)]
    [InlineData(32)]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(65_535)]
    [InlineData(65_536)]
    public void Names_and_binary_data_of_any_length_come_back(int length)
    {
        var content = new byte[length];
        Array.Fill(content, (byte)'a');
        var fields = new FieldWriter();
        fields.WriteName(Ancillary, new string('a', length));
        fields.WriteBinary(Ancillary + 1, content);
        var reader = new FieldReader(Map(fields), "test");

        Assert.True(reader.TryReadKey(out _));
        Assert.Equal(new string('a', length), reader.ReadName(length));
        Assert.True(reader.TryReadKey(out _));
        Assert.Equal(content, reader.ReadBinary(length));
        Assert.False(reader.TryReadKey(out _));

        AssertCorrupt(Map(fields), (ref reader) => reader.ReadName(length - 1));
        AssertCorrupt(Map(fields), (ref reader) => reader.ReadBinary(length));
    }

    [Fact]
    public void A_string_is_not_binary_data()
    {
        // The package reads str as bin for the sake of MessagePack's first version.
        AssertCorrupt([0x81, Ancillary, 0xA1, 0x61], (ref reader) => reader.ReadBinary(1));
        AssertCorrupt([0x81, Ancillary, 0xC4, 0x01, 0x61], (ref reader) => reader.ReadName(1));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(65_535)]
    [InlineData(65_536)]
    public void Arrays_and_maps_of_any_length_come_back(int count)
    {
        var fields = new FieldWriter();
        fields.WriteMap(Ancillary, [.. Enumerable.Repeat(KeyValuePair.Create("n", 1L), count)]);
        var map = Map(fields);
        var reader = new FieldReader(map, "test");

        Assert.True(reader.TryReadKey(out _));
        Assert.Equal(count, reader.ReadMapLength(count, count));
        for (var index = 0; index < count; index++)
        {
            Assert.Equal("n", reader.ReadName(1));
            Assert.Equal(1, reader.ReadInteger(1, 1));
        }

        Assert.False(reader.TryReadKey(out _));
        AssertCorrupt(map, (ref reader) => reader.ReadMapLength(count + 1, int.MaxValue));
        AssertCorrupt(map[..^1], Skip);

        // No field that this version knows is an array; those of later versions are skipped.
        var array = ArrayField(count);
        ReadAll(array, Skip);
        AssertCorrupt(array, (ref reader) => reader.ReadMapLength(0, int.MaxValue));
        AssertCorrupt(array[..^1], Skip);
    }

    [Fact]
    public void Every_cut_is_corrupt()
    {
        var fields = new FieldWriter();
        fields.WriteInteger(Ancillary, long.MinValue);
        fields.WriteName(Ancillary + 1, new string('s', 300));
        fields.WriteBinary(Ancillary + 2, new byte[70_000]);
        fields.WriteMap(Ancillary + 3, [new("a", 300), new("end", -300)]);
        var map = Map(fields);

        for (var length = 1; length < map.Length; length += length is > 400 and < 69_000 ? 997 : 1)
        {
            AssertCorrupt(map[..length], Skip);
        }

        ReadAll(map, Skip);
    }

    [Theory]
    [InlineData(FieldReader.MaxDepth, true)]
    [InlineData(FieldReader.MaxDepth + 1, false)]
    [InlineData(60_000, false)]
    public void Nesting_has_a_limit(int depth, bool allowed)
    {
        byte[] map = [0x81, Ancillary, .. Enumerable.Repeat<byte>(0x91, depth), 0];
        if (allowed)
        {
            ReadAll(map, Skip);
        }
        else
        {
            AssertCorrupt(map, Skip);
        }
    }

    [Fact]
    public void A_count_that_lies_allocates_nothing()
    {
        byte[] map = [0x81, Ancillary, 0xDD, 0x7F, 0xFF, 0xFF, 0xFF, 0];
        AssertCorrupt(map, Skip);

        var before = GC.GetAllocatedBytesForCurrentThread();
        AssertCorrupt(map, Skip);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 16);
    }

    [Fact]
    public void A_map_without_fields_takes_no_bytes()
    {
        Assert.Empty(Map(new FieldWriter()));
        ReadAll([], Skip);
        AssertCorrupt([0x80], Skip);
    }

    private static byte[] Map(FieldWriter fields)
    {
        var output = new ArrayBufferWriter<byte>();
        fields.CopyTo(output);
        return output.WrittenSpan.ToArray();
    }

    private static byte[] ArrayField(int count)
    {
        var output = new ArrayBufferWriter<byte>();
        var writer = new MessagePackWriter(output);
        writer.WriteMapHeader(1);
        writer.Write(Ancillary);
        writer.WriteArrayHeader(count);
        writer.Flush();
        output.Write(new byte[count]);
        return output.WrittenSpan.ToArray();
    }

    private static void Skip(ref FieldReader reader) => reader.SkipUnknown(Ancillary);

    private static void ReadOne(byte[] map, ReadAction read)
    {
        var reader = new FieldReader(map, "test");
        Assert.True(reader.TryReadKey(out _));
        read(ref reader);
        Assert.False(reader.TryReadKey(out _));
    }

    private static void ReadAll(byte[] map, ReadAction read)
    {
        var reader = new FieldReader(map, "test");
        while (reader.TryReadKey(out _))
        {
            read(ref reader);
        }
    }

    private static void AssertCorrupt(byte[] map, ReadAction read) =>
        Assert.Throws<CorruptArchiveException>(() => ReadAll(map, read));
}
