using System.Text;

namespace NacrithOnnx.Tests.Support;

/// <summary>
/// A parsed protobuf message: the fields in order, each with its wire type. Written from the description of the format,
/// without code of the program.
/// </summary>
internal sealed class ProtobufMessage
{
    public ProtobufMessage(byte[] bytes)
    {
        using var reader = new BinaryReader(new MemoryStream(bytes));
        while (reader.BaseStream.Position < bytes.Length)
        {
            var key = Varint(reader);
            var wire = (int)(key % 8);
            var value = wire switch
            {
                0 => BitConverter.GetBytes(Varint(reader)),
                1 => Exactly(reader, 8),
                2 => Exactly(reader, checked((int)Varint(reader))),
                5 => Exactly(reader, 4),
                _ => throw new InvalidDataException($"wire type {wire}"),
            };
            Fields.Add((checked((int)(key / 8)), wire, value));
        }
    }

    public List<(int Number, int Wire, byte[] Bytes)> Fields { get; } = [];

    public IEnumerable<byte[]> All(int number) => Fields.Where(field => field.Number == number).Select(field => field.Bytes);

    public IEnumerable<ProtobufMessage> Messages(int number) => All(number).Select(bytes => new ProtobufMessage(bytes));

    public ProtobufMessage Message(int number) => Messages(number).Single();

    public IEnumerable<string> Texts(int number) => All(number).Select(Encoding.UTF8.GetString);

    public string Text(int number) => Texts(number).Single();

    public IEnumerable<long> Integers(int number) => All(number).Select(bytes => BitConverter.ToInt64(bytes));

    public long Integer(int number) => Integers(number).Single();

    private static byte[] Exactly(BinaryReader reader, int length)
    {
        var bytes = reader.ReadBytes(length);
        return bytes.Length == length ? bytes : throw new EndOfStreamException();
    }

    private static ulong Varint(BinaryReader reader)
    {
        ulong value = 0;
        byte next;
        var shift = 0;
        do
        {
            next = reader.ReadByte();
            value |= (ulong)(next & 127) << shift;
            shift += 7;
        }
        while (next > 127);
        return shift <= 70 ? value : throw new InvalidDataException("a varint is too long");
    }
}
