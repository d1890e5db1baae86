using System.Buffers;

namespace NacrithOnnx.Runtime.Tokenize;

/// <summary>
/// Buffers tokens for an <see cref="IBufferWriter{T}"/>, to request space once per thousands of tokens instead of once
/// per word.
/// </summary>
internal ref struct TokenSink(IBufferWriter<int> writer)
{
    /// <summary>Tokens per request for space.</summary>
    private const int Chunk = 8192;

    private Span<int> _room;
    private int _used;

    /// <summary>Space for at least <paramref name="count"/> tokens.</summary>
    public Span<int> Reserve(int count)
    {
        if (_room.Length - _used < count)
        {
            Flush();
            _room = writer.GetSpan(Math.Max(count, Chunk));
        }

        return _room[_used..];
    }

    /// <summary>Keeps the first tokens of the space last reserved.</summary>
    public void Advance(int count) => _used += count;

    /// <summary>Passes all kept tokens to the writer.</summary>
    public void Flush()
    {
        writer.Advance(_used);
        _room = [];
        _used = 0;
    }
}
