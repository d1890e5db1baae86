namespace NacrithOnnx.Cli.Files;

/// <summary>What stands under a name.</summary>
internal enum FileKind
{
    Regular,
    Folder,
    SymbolicLink,
    Fifo,
    Device,
    Socket,
}
