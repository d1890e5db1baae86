using System.Buffers.Text;

namespace NacrithOnnx.Format;

/// <summary>
/// Writes archives as text: lines of digits between a first and a last line. It leaves the stream below open. Without
/// <see cref="Complete"/> the text has no end and is refused as truncated.
/// </summary>
/// <param name="output">Takes the text.</param>
public sealed class ArmorWriteStream(Stream output) : Stream
{
    /// <summary>Bytes of a full line.</summary>
    private const int BytesPerLine = Armor.LineLength / 4 * 3;

    /// <summary>Lines written at a time.</summary>
    private const int LinesPerBlock = 64;

    private readonly byte[] _bytes = new byte[BytesPerLine * LinesPerBlock];
    private readonly byte[] _text = new byte[(Armor.LineLength + 1) * LinesPerBlock];
    private int _filled;
    private bool _begun;
    private bool _completed;

    /// <inheritdoc/>
    public override bool CanRead => false;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => !_completed;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Writes what is left and the last line, and flushes. Nothing may be written afterwards.</summary>
    public void Complete()
    {
        if (_completed)
        {
            return;
        }

        SendLines();
        WriteLine(Armor.LastLine);
        _completed = true;
        output.Flush();
    }

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        ObjectDisposedException.ThrowIf(_completed, this);
        while (!buffer.IsEmpty)
        {
            var taken = Math.Min(buffer.Length, _bytes.Length - _filled);
            buffer[..taken].CopyTo(_bytes.AsSpan(_filled));
            buffer = buffer[taken..];
            _filled += taken;
            if (_filled == _bytes.Length)
            {
                SendLines();
            }
        }
    }

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <summary>Flushes the stream below; what does not fill its lines yet stays here.</summary>
    public override void Flush() => output.Flush();

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    private void SendLines()
    {
        if (!_begun)
        {
            WriteLine(Armor.FirstLine);
            _begun = true;
        }

        var length = 0;
        for (var start = 0; start < _filled; start += BytesPerLine)
        {
            var line = _bytes.AsSpan(start, Math.Min(BytesPerLine, _filled - start));
            length += Base64Url.EncodeToUtf8(line, _text.AsSpan(length));
            _text[length++] = (byte)'\n';
        }

        output.Write(_text, 0, length);
        _filled = 0;
    }

    private void WriteLine(ReadOnlySpan<byte> line)
    {
        output.Write(line);
        output.WriteByte((byte)'\n');
    }
}
