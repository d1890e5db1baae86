namespace NacrithOnnx.Runtime.Archive;

/// <summary>Gathers content into frames. Buffers of frames that have been written are used again.</summary>
/// <param name="frameLength">Bytes of a full frame.</param>
internal sealed class FrameBuffer(int frameLength)
{
    /// <summary>Initial length of a buffer, which doubles up to a frame: most messages are short.</summary>
    private const int FirstLength = 1 << 14;

    private readonly Stack<byte[]> _spare = [];
    private byte[] _content = [];

    /// <summary>Bytes of the frame so far.</summary>
    public int Length { get; private set; }

    /// <summary>Bytes taken into all frames.</summary>
    public long Position { get; private set; }

    /// <summary>Takes content as far as it fits.</summary>
    /// <param name="content">The content; receives what is left of it.</param>
    /// <returns>Whether the frame is full.</returns>
    public bool Take(ref ReadOnlySpan<byte> content)
    {
        if (Length == 0 && _content.Length == 0 && _spare.TryPop(out var spare))
        {
            _content = spare;
        }

        var length = Math.Min(content.Length, frameLength - Length);
        if (Length + length > _content.Length)
        {
            var wanted = Math.Max(Length + length, Math.Max(2 * _content.Length, FirstLength));
            Array.Resize(ref _content, Math.Min(wanted, frameLength));
        }

        content[..length].CopyTo(_content.AsSpan(Length));
        content = content[length..];
        Length += length;
        Position += length;
        return Length == frameLength;
    }

    /// <inheritdoc cref="Take(ref ReadOnlySpan{byte})"/>
    public bool Take(ref ReadOnlyMemory<byte> content)
    {
        var span = content.Span;
        var isFull = Take(ref span);
        content = content[^span.Length..];
        return isFull;
    }

    /// <summary>Hands over the frame and begins the next one.</summary>
    public (byte[] Buffer, int Length) Detach()
    {
        var frame = (_content, Length);
        (_content, Length) = ([], 0);
        return frame;
    }

    /// <summary>Takes back the buffer of a frame.</summary>
    public void Return(byte[] buffer) => _spare.Push(buffer);
}
