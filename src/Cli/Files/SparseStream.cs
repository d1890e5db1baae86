using NacrithOnnx.Cli.Host;

namespace NacrithOnnx.Cli.Files;

/// <summary>
/// Writes blocks of zeros as holes, which read as zeros and take no space. Disk images and databases are full of them.
/// </summary>
internal sealed class SparseStream(FileStream target) : WriteOnlyStream
{
    /// <summary>Allocation unit of common file systems.</summary>
    private const int BlockLength = 4096;

    private long _length;
    private long _hole;

    public override long Position
    {
        get => _length;
        set => throw new NotSupportedException();
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            var room = BlockLength - (int)(_length % BlockLength);
            var piece = buffer[..Math.Min(room, buffer.Length)];
            if (piece.Length == BlockLength && !piece.ContainsAnyExcept((byte)0))
            {
                _hole += BlockLength;
            }
            else
            {
                Skip();
                target.Write(piece);
            }

            _length += piece.Length;
            buffer = buffer[piece.Length..];
        }
    }

    /// <summary>Sets the length of a file that ends in a hole.</summary>
    public void Complete()
    {
        if (_hole > 0)
        {
            Skip();
            target.SetLength(_length);
        }
    }

    public override void Flush() => target.Flush();

    private void Skip()
    {
        if (_hole > 0)
        {
            target.Seek(_hole, SeekOrigin.Current);
            _hole = 0;
        }
    }
}
