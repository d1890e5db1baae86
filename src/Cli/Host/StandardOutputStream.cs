using NacrithOnnx.Cli.Posix;

namespace NacrithOnnx.Cli.Host;

/// <summary>
/// Standard output that reports a closed pipe. The console's stream ignores it, and a decoder would run on for nothing.
/// </summary>
internal sealed class StandardOutputStream : WriteOnlyStream
{
    /// <summary>EPIPE on Linux, macOS and the BSDs.</summary>
    private const int UnixBrokenPipe = 32;

    /// <summary>HRESULTs of ERROR_BROKEN_PIPE and ERROR_NO_DATA.</summary>
    private const int WindowsBrokenPipe = unchecked((int)0x8007006D);

    private const int WindowsPipeClosing = unchecked((int)0x800700E8);

    private readonly Stream _stream = Open();

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        try
        {
            _stream.Write(buffer);
        }
        catch (IOException exception)
        {
            throw Failed(exception);
        }
    }

    public override void Flush()
    {
        try
        {
            _stream.Flush();
        }
        catch (IOException exception)
        {
            throw Failed(exception);
        }
    }

    private static Exception Failed(IOException exception) => IsBrokenPipe(exception)
        ? new ClosedPipeException(exception)
        : new OutputFailedException(exception.Message, exception);

    private static bool IsBrokenPipe(IOException exception) => OperatingSystem.IsWindows()
        ? exception.HResult is WindowsBrokenPipe or WindowsPipeClosing
        : exception.HResult == UnixBrokenPipe;

    private static Stream Open()
    {
        if (OperatingSystem.IsWindows())
        {
            return Console.OpenStandardOutput();
        }

        return StandardDescriptors.IsOpen(StandardDescriptors.Output)
            ? new DescriptorStream(StandardDescriptors.Output, writes: true)
            : throw new OutputFailedException("is closed");
    }
}
