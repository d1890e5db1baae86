namespace NacrithOnnx.Cli.Host;

/// <summary>Signals that ask the program to stop.</summary>
internal interface ISignals
{
    /// <summary>Cancelled by the first signal.</summary>
    CancellationToken Token { get; }

    /// <summary>128 plus the number of the signal, as shells report it; null if none came.</summary>
    int? ExitCode { get; }
}
