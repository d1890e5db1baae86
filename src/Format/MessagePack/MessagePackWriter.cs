using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace NacrithOnnx.Format;

/// <summary>Writes the canonical subset of MessagePack: each value in its shortest form.</summary>
internal readonly ref struct MessagePackWriter(IBufferWriter<byte> output)
{
    private readonly IBufferWriter<byte> _output = output;

    /// <summary>Writes an integer.</summary>
    public void WriteInt64(long value)
    {
        switch (value)
        {
            case >= -32 and <= MessagePackCode.MaxPositiveFixInt:
                WriteBigEndian((byte)value, 0, 0);
                break;
            case >= 0 and <= byte.MaxValue:
                WriteBigEndian(MessagePackCode.UInt8, (ulong)value, 1);
                break;
            case >= 0 and <= ushort.MaxValue:
                WriteBigEndian(MessagePackCode.UInt16, (ulong)value, 2);
                break;
            case >= 0 and <= uint.MaxValue:
                WriteBigEndian(MessagePackCode.UInt32, (ulong)value, 4);
                break;
            case >= 0:
                WriteBigEndian(MessagePackCode.UInt64, (ulong)value, 8);
                break;
            case >= sbyte.MinValue:
                WriteBigEndian(MessagePackCode.Int8, (ulong)value, 1);
                break;
            case >= short.MinValue:
                WriteBigEndian(MessagePackCode.Int16, (ulong)value, 2);
                break;
            case >= int.MinValue:
                WriteBigEndian(MessagePackCode.Int32, (ulong)value, 4);
                break;
            default:
                WriteBigEndian(MessagePackCode.Int64, (ulong)value, 8);
                break;
        }
    }

    /// <summary>Writes a string as UTF-8.</summary>
    public void WriteString(string value)
    {
        var length = Encoding.UTF8.GetByteCount(value);
        WriteLength(
            length, MessagePackCode.FixStr, MessagePackCode.MaxFixStrLength,
            MessagePackCode.Str8, MessagePackCode.Str16, MessagePackCode.Str32);
        var target = _output.GetSpan(length);
        _output.Advance(Encoding.UTF8.GetBytes(value, target));
    }

    /// <summary>Writes binary data.</summary>
    public void WriteBinary(ReadOnlySpan<byte> bytes)
    {
        WriteLength(bytes.Length, 0, -1, MessagePackCode.Bin8, MessagePackCode.Bin16, MessagePackCode.Bin32);
        _output.Write(bytes);
    }

    /// <summary>Writes the head of an array of <paramref name="count"/> values.</summary>
    public void WriteArrayLength(int count) => WriteLength(
        count, MessagePackCode.FixArray, MessagePackCode.MaxFixArrayLength,
        code8: null, MessagePackCode.Array16, MessagePackCode.Array32);

    /// <summary>Writes the head of a map of <paramref name="count"/> pairs.</summary>
    public void WriteMapLength(int count) => WriteLength(
        count, MessagePackCode.FixMap, MessagePackCode.MaxFixMapLength,
        code8: null, MessagePackCode.Map16, MessagePackCode.Map32);

    private void WriteLength(int length, byte fix, int maxFix, byte? code8, byte code16, byte code32)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        if (length <= maxFix)
        {
            WriteBigEndian((byte)(fix + length), 0, 0);
        }
        else if (length <= byte.MaxValue && code8 is byte code)
        {
            WriteBigEndian(code, (ulong)length, 1);
        }
        else if (length <= ushort.MaxValue)
        {
            WriteBigEndian(code16, (ulong)length, 2);
        }
        else
        {
            WriteBigEndian(code32, (ulong)length, 4);
        }
    }

    private void WriteBigEndian(byte code, ulong value, int size)
    {
        var target = _output.GetSpan(1 + sizeof(ulong));
        target[0] = code;
        if (size > 0)
        {
            BinaryPrimitives.WriteUInt64BigEndian(target[1..], value << (64 - (8 * size)));
        }

        _output.Advance(1 + size);
    }
}
