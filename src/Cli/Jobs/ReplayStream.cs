using NacrithOnnx.Format;

namespace NacrithOnnx.Cli.Jobs;

/// <summary>An input, possibly a pipe, whose beginning can be inspected and read again. Leaves the source open.</summary>
internal sealed class ReplayStream(Stream source) : SequentialStream
{
    private readonly MemoryStream _head = new();
    private bool _isRecording;

    /// <summary>
    /// What to read: the source itself, which may be seekable, unless part of it was inspected.
    /// </summary>
    public Stream Rest => _head.Length == 0 ? source : this;

    /// <summary>Keeps what is read from now on.</summary>
    public void Record() => _isRecording = true;

    /// <summary>Starts again with what was kept.</summary>
    public void Rewind()
    {
        _isRecording = false;
        _head.Position = 0;
    }

    public override int Read(Span<byte> buffer)
    {
        if (_isRecording)
        {
            var count = source.Read(buffer);
            _head.Write(buffer[..count]);
            return count;
        }

        var kept = _head.Read(buffer);
        return kept > 0 ? kept : source.Read(buffer);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _head.Dispose();
        }

        base.Dispose(disposing);
    }
}
