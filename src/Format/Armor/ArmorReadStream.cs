using System.Buffers;

namespace NacrithOnnx.Format;

/// <summary>Reads the bytes of archives out of their text form. The stream below stays open.</summary>
internal sealed class ArmorReadStream(Stream text) : SequentialStream
{
    private const int PieceLength = 4096;

    private readonly byte[] _piece = new byte[PieceLength];
    private readonly ArrayBufferWriter<byte> _bytes = new();
    private readonly ArmorDecoder _decoder = new();
    private int _taken;
    private bool _ended;

    /// <exception cref="NacrithException">The text is damaged or incomplete.</exception>
    public override int Read(Span<byte> buffer)
    {
        while (_taken == _bytes.WrittenCount && !_ended && !buffer.IsEmpty)
        {
            Fetch();
        }

        var count = Math.Min(buffer.Length, _bytes.WrittenCount - _taken);
        _bytes.WrittenSpan.Slice(_taken, count).CopyTo(buffer);
        _taken += count;
        return count;
    }

    private void Fetch()
    {
        _bytes.ResetWrittenCount();
        _taken = 0;
        var read = text.Read(_piece);
        if (read > 0)
        {
            _decoder.Decode(_piece.AsSpan(0, read), _bytes);
            return;
        }

        _decoder.Complete();
        _ended = true;
    }
}
