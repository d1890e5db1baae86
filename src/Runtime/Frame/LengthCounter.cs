using System.Buffers;

namespace NacrithOnnx.Runtime.Frame;

/// <summary>
/// Counts what is written to it and keeps nothing: a frame is measured several times, and each copy of it would be 4 MiB of
/// garbage.
/// </summary>
internal sealed class LengthCounter : IBufferWriter<byte>
{
    /// <summary>Enough that copying does not go in small steps.</summary>
    private const int ScratchLength = 1 << 12;

    private byte[] _scratch = new byte[ScratchLength];

    /// <summary>Bytes written so far.</summary>
    public int Count { get; private set; }

    /// <inheritdoc/>
    public void Advance(int count) => Count += count;

    /// <inheritdoc/>
    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        if (sizeHint > _scratch.Length)
        {
            _scratch = new byte[sizeHint];
        }

        return _scratch;
    }

    /// <inheritdoc/>
    public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;
}
