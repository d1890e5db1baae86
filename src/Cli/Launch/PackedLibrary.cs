using System.Buffers;
using System.Buffers.Binary;
using K4os.Compression.LZ4;
using Microsoft.Win32.SafeHandles;
using NacrithOnnx.Runtime.Files;

namespace NacrithOnnx.Cli.Launch;

/// <summary>
/// A library that is packed compressed: LZ4, because it is unpacked at each start and deflate takes several times as
/// long; in blocks, so that several processors unpack it:
/// <code>
/// u64            bytes of the library
/// u32 each       bytes of each block, compressed
/// blocks         each <see cref="BlockLength"/> bytes of the library, the last one fewer
/// </code>
/// </summary>
/// <param name="name">File name of the library.</param>
/// <param name="file">Where it lies.</param>
/// <param name="sha256">SHA-256 of its compressed bytes, which names it.</param>
internal sealed class PackedLibrary(string name, FileSlice file, string sha256)
{
    /// <summary>Bytes of the library in a block: what is unpacked and written is still in the cache.</summary>
    public const int BlockLength = 1 << 18;

    /// <summary>A longer one is not what this program packs, and no length is believed without a bound.</summary>
    private const int MaxLength = 1 << 30;

    public string Name => name;

    public string Sha256 => sha256;

    /// <summary>Packs a library.</summary>
    public static byte[] Pack(ReadOnlySpan<byte> library)
    {
        using var blocks = new MemoryStream();
        var head = new byte[HeadLength(library.Length)];
        BinaryPrimitives.WriteUInt64LittleEndian(head, (ulong)library.Length);
        var buffer = new byte[LZ4Codec.MaximumOutputSize(BlockLength)];
        for (var i = 0; i < BlockCount(library.Length); i++)
        {
            var block = library[(i * BlockLength)..];
            var count = LZ4Codec.Encode(block[..Math.Min(BlockLength, block.Length)], buffer, LZ4Level.L12_MAX);
            BinaryPrimitives.WriteUInt32LittleEndian(head.AsSpan(sizeof(ulong) + (i * sizeof(uint))), (uint)count);
            blocks.Write(buffer, 0, count);
        }

        return [.. head, .. blocks.ToArray()];
    }

    /// <summary>Bytes of the unpacked library.</summary>
    /// <exception cref="EnvironmentException">It is damaged.</exception>
    public int ReadLength()
    {
        using var source = File.OpenHandle(file.Path);
        return ReadLength(source);
    }

    /// <summary>Unpacks it into a file.</summary>
    /// <exception cref="EnvironmentException">It is damaged.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Unpack(SafeFileHandle target)
    {
        using var source = File.OpenHandle(file.Path);
        var length = ReadLength(source);
        var head = new byte[HeadLength(length)];
        Read(source, 0, head);
        var starts = new long[BlockCount(length) + 1];
        starts[0] = head.Length;
        for (var i = 1; i < starts.Length; i++)
        {
            starts[i] = starts[i - 1]
                + BinaryPrimitives.ReadUInt32LittleEndian(head.AsSpan(sizeof(ulong) + ((i - 1) * sizeof(uint))));
        }

        if (starts[^1] != file.Length)
        {
            throw Damaged();
        }

        try
        {
            Parallel.For(0, starts.Length - 1, i =>
            {
                var count = (int)(starts[i + 1] - starts[i]);
                UnpackBlock(source, starts[i], count, target, (long)i * BlockLength, length);
            });
        }
        catch (AggregateException exception)
        {
            // Any one of them is reason enough, and callers know the reasons only by themselves.
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(exception.InnerExceptions[0]);
        }
    }

    private static int BlockCount(int length) => (int)(((long)length + BlockLength - 1) / BlockLength);

    private static int HeadLength(int length) => sizeof(ulong) + (BlockCount(length) * sizeof(uint));

    private int ReadLength(SafeFileHandle source)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        Read(source, 0, bytes);
        var length = BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        return length is > 0 and <= MaxLength ? (int)length : throw Damaged();
    }

    private void UnpackBlock(
        SafeFileHandle source, long start, int count, SafeFileHandle target, long place, int length)
    {
        if (count > LZ4Codec.MaximumOutputSize(BlockLength))
        {
            throw Damaged();
        }

        var packed = ArrayPool<byte>.Shared.Rent(count);
        var block = ArrayPool<byte>.Shared.Rent(BlockLength);
        try
        {
            Read(source, start, packed.AsSpan(0, count));
            var content = block.AsSpan(0, (int)Math.Min(BlockLength, length - place));
            if (LZ4Codec.Decode(packed.AsSpan(0, count), content) != content.Length)
            {
                throw Damaged();
            }

            RandomAccess.Write(target, content, place);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(packed);
            ArrayPool<byte>.Shared.Return(block);
        }
    }

    private void Read(SafeFileHandle source, long offset, Span<byte> bytes)
    {
        if (offset + bytes.Length > file.Length
            || RandomAccess.Read(source, bytes, file.Offset + offset) != bytes.Length)
        {
            throw Damaged();
        }
    }

    private EnvironmentException Damaged() =>
        new($"{file.Path}: the {name} packed in it is damaged; install the program again");
}
