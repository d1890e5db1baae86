using System.Runtime.InteropServices;
using NacrithOnnx.Cli.Files;

namespace NacrithOnnx.Cli.Host;

/// <summary>
/// Turns INT, TERM and HUP into a cancellation. Work that does not react within the grace period, such as a read from
/// a silent pipe, is ended with the process; temporary files are removed either way.
/// </summary>
internal sealed class SignalWatch : ISignals, IDisposable
{
    /// <summary>Time to stop in good order. One step of the model takes far less.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource _source = new();
    private readonly PosixSignalRegistration[] _registrations;
    private int _exitCode;

    public SignalWatch()
    {
        // 128 + 2, 15 and 1: the numbers of these signals on every Unix.
        _registrations =
        [
            PosixSignalRegistration.Create(PosixSignal.SIGINT, context => Stop(context, 130)),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => Stop(context, 143)),
            PosixSignalRegistration.Create(PosixSignal.SIGHUP, context => Stop(context, 129)),
        ];
    }

    public CancellationToken Token => _source.Token;

    public int? ExitCode => _exitCode == 0 ? null : _exitCode;

    public void Dispose()
    {
        foreach (var registration in _registrations)
        {
            registration.Dispose();
        }
    }

    private void Stop(PosixSignalContext context, int exitCode)
    {
        context.Cancel = true;
        var again = Interlocked.CompareExchange(ref _exitCode, exitCode, 0) != 0;
        _ = Task.Delay(again ? TimeSpan.Zero : Grace).ContinueWith(
            _ =>
            {
                TemporaryFiles.RemoveAll();
                Environment.Exit(exitCode);
            },
            TaskScheduler.Default);
        _source.Cancel();
    }
}
