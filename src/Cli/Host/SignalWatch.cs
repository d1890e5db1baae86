using System.Globalization;
using System.Runtime.InteropServices;
using NacrithOnnx.Cli.Files;
using NacrithOnnx.Cli.Posix;

namespace NacrithOnnx.Cli.Host;

/// <summary>
/// Turns signals that would end the program into a cancellation. Work that does not stop within the grace period, such as
/// a read from an idle pipe, is ended with the process; temporary files are removed either way. A signal that was ignored
/// at the start, as under nohup, stays ignored.
/// </summary>
internal sealed class SignalWatch : ISignals, IDisposable
{
    /// <summary>What shells add to the number of the signal that ended a program.</summary>
    private const int SignalExitBase = 128;

    /// <summary>Line of /proc/self/status with a bit for each ignored signal.</summary>
    private static ReadOnlySpan<byte> IgnoredField => "SigIgn:\t"u8;

    /// <summary>Digits of the mask.</summary>
    private const int MaskLength = 16;

    /// <summary>Time to stop cleanly. One step of the model takes far less.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    /// <summary>
    /// HUP, INT, QUIT, ALRM, TERM, XCPU, VTALRM and PROF, which have these numbers on Linux and macOS.
    /// </summary>
    private static readonly int[] Everywhere = [1, 2, 3, 14, 15, 24, 26, 27];

    /// <summary>USR1, USR2 and IO.</summary>
    private static readonly int[] OnLinux = [10, 12, 29];

    /// <summary>USR1 and USR2; IO is ignored there.</summary>
    private static readonly int[] OnMac = [30, 31];

    /// <summary>XFSZ on Linux and macOS.</summary>
    private const int FileSizeLimit = 25;

    private static PosixSignalRegistration? _fileSizeLimit;

    private readonly CancellationTokenSource _source = new();
    private readonly List<PosixSignalRegistration> _registrations = [];
    private int _exitCode;

    public SignalWatch()
    {
        if (OperatingSystem.IsWindows())
        {
            Register(PosixSignal.SIGINT, 2);
            Register(PosixSignal.SIGTERM, 15);
            Register(PosixSignal.SIGHUP, 1);
            return;
        }

        var ignored = IgnoredSignals();
        int[] numbers = [.. Everywhere, .. OperatingSystem.IsLinux() ? OnLinux : OnMac];
        foreach (var number in numbers)
        {
            if ((ignored >> (number - 1) & 1) == 0)
            {
                Register(number switch
                {
                    1 => PosixSignal.SIGHUP,
                    2 => PosixSignal.SIGINT,
                    3 => PosixSignal.SIGQUIT,
                    15 => PosixSignal.SIGTERM,
                    _ => (PosixSignal)number,
                }, number);
            }
        }

        // XFSZ: the write that exceeds the limit then fails and is reported like a full disk.
        // Kept until the process ends, because a stream may be flushed after everything else.
        _fileSizeLimit ??= PosixSignalRegistration.Create((PosixSignal)FileSizeLimit, context => context.Cancel = true);
    }

    public CancellationToken Token => _source.Token;

    public int? ExitCode => _exitCode == 0 ? null : _exitCode;

    /// <summary>
    /// Ends the process by the signal that stopped it, as if nobody had caught it: a shell then stops its loop, too. Returns if
    /// none came, on Windows, as the first process of a container, which no signal ends, and for QUIT and XCPU, which would
    /// leave a core file.
    /// </summary>
    public void Raise()
    {
        const int Quit = 3;
        const int ProcessorTime = 24;
        const nint DefaultHandler = 0;
        var signal = _exitCode - SignalExitBase;
        if (signal is > 0 and not (Quit or ProcessorTime) && !OperatingSystem.IsWindows())
        {
            _ = LibC.SetHandler(signal, DefaultHandler);
            _ = LibC.Send(Environment.ProcessId, signal);
        }
    }

    public void Dispose()
    {
        foreach (var registration in _registrations)
        {
            registration.Dispose();
        }
    }

    private static ulong IgnoredSignals()
    {
        if (!OperatingSystem.IsLinux())
        {
            return 0;
        }

        try
        {
            ReadOnlySpan<byte> status = File.ReadAllBytes("/proc/self/status");
            var start = status.IndexOf(IgnoredField);
            return start < 0
                ? 0
                : ulong.Parse(status.Slice(start + IgnoredField.Length, MaskLength), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or FormatException)
        {
            return 0;
        }
    }

    private void Register(PosixSignal signal, int number) =>
        _registrations.Add(PosixSignalRegistration.Create(signal, context => Stop(context, SignalExitBase + number)));

    private void Stop(PosixSignalContext context, int exitCode)
    {
        context.Cancel = true;
        var again = Interlocked.CompareExchange(ref _exitCode, exitCode, 0) != 0;
        _ = Task.Delay(again ? TimeSpan.Zero : Grace).ContinueWith(
            _ =>
            {
                TemporaryFiles.RemoveAll();
                Raise();
                Environment.Exit(exitCode);
            },
            TaskScheduler.Default);
        _source.Cancel();
    }
}
