namespace NacrithOnnx.Cli;

/// <summary>lzip's scheme, so that scripts can tell a damaged archive from a missing file. The worst code of a run counts.</summary>
internal enum ExitCode
{
    Ok = 0,

    /// <summary>Usage error, or a file, disk or model problem.</summary>
    Environment = 1,

    /// <summary>The input is damaged, not an archive, or made with another model.</summary>
    BadInput = 2,

    /// <summary>A bug in this program.</summary>
    Internal = 3,
}
