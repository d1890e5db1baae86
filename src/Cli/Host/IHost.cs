using NacrithOnnx.Cli.Files;
using NacrithOnnx.Runtime.Files;

namespace NacrithOnnx.Cli.Host;

/// <summary>Everything outside the file system; replaced in tests.</summary>
internal interface IHost
{
    /// <summary>Standard input.</summary>
    Stream Input { get; }

    /// <summary>Standard output; writing throws <see cref="ClosedPipeException"/> once the reader is gone.</summary>
    Stream Output { get; }

    /// <summary>The status of standard output; null where it cannot be had.</summary>
    FileStatus? OutputStatus { get; }

    /// <summary>Standard error.</summary>
    TextWriter Error { get; }

    bool InputIsTerminal { get; }

    bool OutputIsTerminal { get; }

    bool ErrorIsTerminal { get; }

    /// <summary>Width of the terminal of standard error; it may change while the program runs.</summary>
    int ErrorColumns { get; }

    /// <summary>Processors that this process may use.</summary>
    int ProcessorCount { get; }

    TimeProvider Time { get; }

    /// <summary>A limit on memory that is too low for text; null if there is none.</summary>
    string? MemoryProblem { get; }

    /// <summary>Folder of the program.</summary>
    string BaseFolder { get; }

    /// <summary>Folder for the data of programs of this user.</summary>
    string DataFolder { get; }

    /// <summary>Files packed behind the program; null if there are none.</summary>
    PackedFiles? Pack { get; }

    /// <summary>
    /// Arguments with the bytes of file names that are not UTF-8, after those that the program's name stands for.
    /// </summary>
    IReadOnlyList<string> Exact(IReadOnlyList<string> arguments);

    /// <summary>An environment variable; null where it is not set.</summary>
    string? Variable(string name);

    /// <summary>A line typed at the terminal; null at its end.</summary>
    string? ReadAnswer();

    /// <summary>Opens the codec.</summary>
    ICodec OpenCodec(CodecSettings settings);
}
