using Microsoft.Win32.SafeHandles;

namespace NacrithOnnx.Cli.Host;

/// <summary>
/// Standard output that notices a closed pipe. The console's own stream swallows it, and a decoder would go on writing
/// to nobody.
/// </summary>
internal sealed class StandardOutputStream : Stream
{
    /// <summary>File descriptor of standard output on Unix.</summary>
    private const int UnixDescriptor = 1;

    /// <summary>EPIPE on Linux, macOS and the BSDs.</summary>
    private const int UnixBrokenPipe = 32;

    /// <summary>HRESULTs of ERROR_BROKEN_PIPE and ERROR_NO_DATA.</summary>
    private const int WindowsBrokenPipe = unchecked((int)0x8007006D);

    private const int WindowsPipeClosing = unchecked((int)0x800700E8);

    /// <summary>What a buffer could not write it would try again, and fail a second time for one reason.</summary>
    private const int NoBuffer = 0;

    private readonly Stream _stream = Open();

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        try
        {
            _stream.Write(buffer);
        }
        catch (IOException exception) when (IsBrokenPipe(exception))
        {
            throw new ClosedPipeException(exception);
        }
    }

    public override void Flush()
    {
        try
        {
            _stream.Flush();
        }
        catch (IOException exception) when (IsBrokenPipe(exception))
        {
            throw new ClosedPipeException(exception);
        }
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    private static bool IsBrokenPipe(IOException exception) => OperatingSystem.IsWindows()
        ? exception.HResult is WindowsBrokenPipe or WindowsPipeClosing
        : exception.HResult == UnixBrokenPipe;

    private static Stream Open()
    {
        if (!OperatingSystem.IsWindows())
        {
            var stream = new FileStream(new SafeFileHandle(UnixDescriptor, ownsHandle: false), FileAccess.Write, NoBuffer);
            if (!stream.CanSeek)
            {
                return stream;
            }
        }

        // A FileStream writes to a regular file at an offset of its own and leaves the shared one behind, so whatever
        // the shell appends next would overwrite the output. A file is no pipe, so the console's stream will do.
        return Console.OpenStandardOutput();
    }
}
