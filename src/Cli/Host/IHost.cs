using NacrithOnnx.Runtime.Files;
using NacrithOnnx.Runtime;

namespace NacrithOnnx.Cli.Host;

/// <summary>Everything the program meets outside the file system: replaced in tests.</summary>
internal interface IHost
{
    /// <summary>Standard input.</summary>
    Stream Input { get; }

    /// <summary>Standard output; writing throws <see cref="ClosedPipeException"/> when nobody reads any more.</summary>
    Stream Output { get; }

    /// <summary>Standard error.</summary>
    TextWriter Error { get; }

    bool InputIsTerminal { get; }

    bool OutputIsTerminal { get; }

    bool ErrorIsTerminal { get; }

    TimeProvider Time { get; }

    /// <summary>Folder of the program.</summary>
    string BaseFolder { get; }

    /// <summary>Folder for the data of programs of this user.</summary>
    string DataFolder { get; }

    /// <summary>Files packed behind the program; null if there are none.</summary>
    PackedFiles? Pack { get; }

    /// <summary>An environment variable; null where it is not set.</summary>
    string? Variable(string name);

    /// <summary>A line typed at the terminal; null at its end.</summary>
    string? ReadAnswer();

    /// <summary>Opens the codec.</summary>
    ICodec OpenCodec(CodecSettings settings);
}
