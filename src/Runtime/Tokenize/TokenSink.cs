using System.Buffers;

namespace NacrithOnnx.Runtime.Tokenize;

/// <summary>Takes tokens for an <see cref="IBufferWriter{T}"/> and asks it for room once in thousands of tokens, not
/// once in each word.</summary>
internal ref struct TokenSink(IBufferWriter<int> writer)
{
    /// <summary>Tokens of room asked for at a time.</summary>
    private const int Chunk = 8192;

    private Span<int> _room;
    private int _used;

    /// <summary>Room for at least <paramref name="count"/> tokens.</summary>
    public Span<int> Reserve(int count)
    {
        if (_room.Length - _used < count)
        {
            Flush();
            _room = writer.GetSpan(Math.Max(count, Chunk));
        }

        return _room[_used..];
    }

    /// <summary>Keeps the first tokens of the room last reserved.</summary>
    public void Advance(int count) => _used += count;

    /// <summary>Hands all tokens kept to the writer.</summary>
    public void Flush()
    {
        writer.Advance(_used);
        _room = [];
        _used = 0;
    }
}
