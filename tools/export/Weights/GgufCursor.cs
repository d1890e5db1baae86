using System.Buffers.Binary;
using System.Text;

namespace NacrithOnnx.Export.Weights;

/// <summary>Reads the header of a GGUF file forward, never beyond the end of the file.</summary>
internal sealed class GgufCursor
{
    // The longest text there is, a chat template, has some kilobytes.
    private const int MaxTextBytes = 1 << 24;

    private const int BufferBytes = 64 * 1024;

    private readonly WeightFile _file;
    private byte[] _buffer = [];
    private long _bufferStart;

    /// <summary>Begins at an offset.</summary>
    public GgufCursor(WeightFile file, long position)
    {
        _file = file;
        Position = position;
    }

    /// <summary>Offset of the next byte.</summary>
    public long Position { get; private set; }

    /// <summary>Bytes from here to the end of the file.</summary>
    public long Left => _file.Length - Position;

    /// <summary>The next bytes, valid until the next call.</summary>
    /// <exception cref="EnvironmentException">The file ends before.</exception>
    public ReadOnlySpan<byte> Take(int count)
    {
        RequireLeft(count);
        if (Position < _bufferStart || Position + count > _bufferStart + _buffer.Length)
        {
            _buffer = new byte[Math.Min(Left, Math.Max(count, BufferBytes))];
            _bufferStart = Position;
            _file.Read(Position, _buffer);
        }

        var taken = _buffer.AsSpan((int)(Position - _bufferStart), count);
        Position += count;
        return taken;
    }

    /// <summary>Passes over bytes.</summary>
    /// <exception cref="EnvironmentException">The file ends before.</exception>
    public void Skip(long count)
    {
        RequireLeft(count);
        Position += count;
    }

    /// <summary>An unsigned 32-bit integer.</summary>
    public uint UInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Take(sizeof(uint)));

    /// <summary>An unsigned 64-bit integer.</summary>
    public ulong UInt64() => BinaryPrimitives.ReadUInt64LittleEndian(Take(sizeof(ulong)));

    /// <summary>A number of things of which each takes at least <paramref name="smallest"/> bytes.</summary>
    /// <exception cref="EnvironmentException">So many cannot follow.</exception>
    public long Count(int smallest)
    {
        var count = UInt64();
        return count <= (ulong)(Left / smallest)
            ? (long)count
            : throw _file.Broken($"it announces {count} things, more than the rest of the file can hold");
    }

    /// <summary>The bytes of a text, valid until the next call.</summary>
    public ReadOnlySpan<byte> TextBytes()
    {
        var length = Count(1);
        return length <= MaxTextBytes
            ? Take((int)length)
            : throw _file.Broken($"it holds a text of {length} bytes, more than {MaxTextBytes}");
    }

    /// <summary>A text.</summary>
    public string Text() => Encoding.UTF8.GetString(TextBytes());

    private void RequireLeft(long count)
    {
        if (count > Left)
        {
            throw _file.Broken("it ends too early");
        }
    }
}
