using Google.Protobuf;
using NacrithOnnx.Runtime.Onnx.Graphs;

namespace NacrithOnnx.Tests.Export;

/// <summary>Google.Protobuf reads what the writer writes.</summary>
public sealed class ProtobufWriterTests
{
    [Theory]
    [InlineData(0, "00")]
    [InlineData(1, "01")]
    [InlineData(127, "7F")]
    [InlineData(128, "8001")]
    [InlineData(300, "AC02")]
    [InlineData(16_383, "FF7F")]
    [InlineData(16_384, "808001")]
    [InlineData(int.MaxValue, "FFFFFFFF07")]
    [InlineData(long.MaxValue, "FFFFFFFFFFFFFFFF7F")]
    [InlineData(-1, "FFFFFFFFFFFFFFFFFF01")]
    [InlineData(long.MinValue, "80808080808080808001")]
    public void An_integer_is_a_varint_of_as_many_bytes_as_it_needs(long value, string bytes)
    {
        var writer = new ProtobufWriter();
        writer.WriteInt(1, value);

        Assert.Equal("08" + bytes, Convert.ToHexString(writer.ToArray()));
        var reader = new CodedInputStream(writer.ToArray());
        Assert.Equal((1, WireFormat.WireType.Varint), Tag(reader));
        Assert.Equal(value, reader.ReadInt64());
        Assert.True(reader.IsAtEnd);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(2047)]
    [InlineData(2048)]
    [InlineData((1 << 29) - 1)]
    public void A_field_keeps_its_number(int number)
    {
        var writer = new ProtobufWriter();
        writer.WriteInt(number, 5);
        writer.WriteString(number, "five");

        var reader = new CodedInputStream(writer.ToArray());
        Assert.Equal((number, WireFormat.WireType.Varint), Tag(reader));
        Assert.Equal(5, reader.ReadInt64());
        Assert.Equal((number, WireFormat.WireType.LengthDelimited), Tag(reader));
        Assert.Equal("five", reader.ReadString());
        Assert.True(reader.IsAtEnd);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(127)]
    [InlineData(128)]
    [InlineData(20_000)]
    public void Bytes_and_messages_of_any_length_are_read_back(int length)
    {
        var bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        var writer = new ProtobufWriter();
        writer.WriteBytes(1, bytes);
        writer.WriteMessage(2, inner =>
        {
            inner.WriteBytes(1, bytes);
            inner.WriteMessage(2, _ => { });
        });
        writer.WriteString(3, "Zürich 東京");

        var reader = new CodedInputStream(writer.ToArray());
        Assert.Equal(1, Tag(reader).Number);
        Assert.Equal(bytes, reader.ReadBytes());
        Assert.Equal(2, Tag(reader).Number);
        var inner = reader.ReadBytes().CreateCodedInput();
        Assert.Equal(1, Tag(inner).Number);
        Assert.Equal(bytes, inner.ReadBytes());
        Assert.Equal(2, Tag(inner).Number);
        Assert.Empty(inner.ReadBytes());
        Assert.True(inner.IsAtEnd);
        Assert.Equal(3, Tag(reader).Number);
        Assert.Equal("Zürich 東京", reader.ReadString());
        Assert.True(reader.IsAtEnd);
    }

    [Fact]
    public void A_single_is_four_bytes()
    {
        var writer = new ProtobufWriter();
        writer.WriteFloat(1, -0.15625f);

        Assert.Equal("0D000020BE", Convert.ToHexString(writer.ToArray()));
    }

    private static (int Number, WireFormat.WireType Wire) Tag(CodedInputStream reader)
    {
        var tag = reader.ReadTag();
        return (WireFormat.GetTagFieldNumber(tag), WireFormat.GetTagWireType(tag));
    }
}
