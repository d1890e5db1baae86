namespace NacrithOnnx.Cli;

/// <summary>lzip's scheme, so that a script can tell a damaged archive from a missing file. The worst of a run counts.</summary>
internal enum ExitCode
{
    Ok = 0,

    /// <summary>Wrong usage, or something outside the archive is missing or wrong.</summary>
    Environment = 1,

    /// <summary>The input is damaged, foreign, or made with another model.</summary>
    BadInput = 2,

    /// <summary>A bug in this program.</summary>
    Internal = 3,
}
