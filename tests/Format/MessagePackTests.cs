using System.Buffers;
using NacrithOnnx.Format;

namespace NacrithOnnx.Tests.Format;

public sealed class MessagePackTests
{
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
    public void Integers_take_their_shortest_form(long value, string hex)
    {
        var bytes = Write(writer => writer.WriteInt64(value));
        var reader = new MessagePackReader(bytes);

        Assert.Equal(hex, Convert.ToHexString(bytes));
        Assert.Equal(MessagePackResult.Success, reader.TryReadInt64(out var read));
        Assert.Equal(value, read);
        Assert.True(reader.AtEnd);
    }

    [Theory]
    [InlineData("CC7F")]
    [InlineData("CD00FF")]
    [InlineData("CE0000FFFF")]
    [InlineData("CF00000000FFFFFFFF")]
    [InlineData("D000")]
    [InlineData("D0E0")]
    [InlineData("D1FF80")]
    [InlineData("D2FFFF8000")]
    [InlineData("D3FFFFFFFF80000000")]
    [InlineData("D30000000000000001")]
    public void Longer_forms_of_integers_are_refused(string hex)
    {
        var reader = new MessagePackReader(Convert.FromHexString(hex));

        Assert.Equal(MessagePackResult.NotCanonical, reader.TryReadInt64(out _));
        Assert.Equal(0, reader.Consumed);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(31)]
    [InlineData(32)]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(65_535)]
    [InlineData(65_536)]
    public void Strings_and_binary_of_any_length_come_back(int length)
    {
        var content = new byte[length];
        Array.Fill(content, (byte)'a');
        var bytes = Write(writer =>
        {
            writer.WriteString(new string('a', length));
            writer.WriteBinary(content);
        });
        var reader = new MessagePackReader(bytes);

        Assert.Equal(MessagePackResult.Success, reader.TryReadString(out var text));
        Assert.Equal(content, text);
        Assert.Equal(MessagePackResult.WrongType, reader.TryReadString(out _));
        Assert.Equal(MessagePackResult.Success, reader.TryReadBinary(out var binary));
        Assert.Equal(content, binary);
        Assert.True(reader.AtEnd);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(65_535)]
    [InlineData(65_536)]
    public void Arrays_and_maps_of_any_length_come_back(int count)
    {
        byte[] array = [.. Write(writer => writer.WriteArrayLength(count)), .. new byte[count]];
        byte[] map = [.. Write(writer => writer.WriteMapLength(count)), .. new byte[2 * count]];
        var arrayReader = new MessagePackReader(array);
        var mapReader = new MessagePackReader(map);

        Assert.Equal(MessagePackResult.WrongType, arrayReader.TryReadMapLength(out _));
        Assert.Equal(MessagePackResult.WrongType, mapReader.TryReadArrayLength(out _));
        Assert.Equal(MessagePackResult.Success, arrayReader.TryReadArrayLength(out var values));
        Assert.Equal(MessagePackResult.Success, mapReader.TryReadMapLength(out var pairs));
        Assert.Equal((count, count), (values, pairs));

        var cut = new MessagePackReader(count > 0 ? map.AsSpan(0, map.Length - 1) : default);
        Assert.Equal(MessagePackResult.EndOfBuffer, cut.TryReadMapLength(out _));
    }

    [Fact]
    public void Every_cut_of_a_value_is_noticed_without_moving()
    {
        var bytes = Write(writer =>
        {
            writer.WriteArrayLength(5);
            writer.WriteInt64(long.MinValue);
            writer.WriteString(new string('s', 300));
            writer.WriteBinary(new byte[70_000]);
            writer.WriteMapLength(1);
            writer.WriteInt64(1);
            writer.WriteInt64(300);
            writer.WriteString("end");
        });

        for (var length = 0; length < bytes.Length; length += length is > 400 and < 69_000 ? 997 : 1)
        {
            var reader = new MessagePackReader(bytes.AsSpan(0, length));
            Assert.Equal(MessagePackResult.EndOfBuffer, reader.TrySkip());
            Assert.Equal(0, reader.Consumed);
        }

        var whole = new MessagePackReader(bytes);
        Assert.Equal(MessagePackResult.Success, whole.TrySkip());
        Assert.True(whole.AtEnd);
    }

    [Fact]
    public void Nesting_is_followed_to_a_limit()
    {
        byte[] allowed = [.. Enumerable.Repeat<byte>(0x91, MessagePackReader.MaxDepth), 0];
        byte[] tooDeep = [.. Enumerable.Repeat<byte>(0x91, 60_000), 0];
        var reader = new MessagePackReader(allowed);
        var deep = new MessagePackReader(tooDeep);

        Assert.Equal(MessagePackResult.Success, reader.TrySkip());
        Assert.Equal(MessagePackResult.TooDeep, deep.TrySkip());
    }

    private delegate void WriteAction(MessagePackWriter writer);

    private static byte[] Write(WriteAction action)
    {
        var output = new ArrayBufferWriter<byte>();
        action(new MessagePackWriter(output));
        return output.WrittenSpan.ToArray();
    }
}
