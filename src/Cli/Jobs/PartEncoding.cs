using NacrithOnnx.Cli.Arguments;
using NacrithOnnx.Cli.Files;
using NacrithOnnx.Format;
using NacrithOnnx.Runtime.Archive;

namespace NacrithOnnx.Cli.Jobs;

/// <summary>The part of a file that becomes an archive of its own: some of its frames, which follow from its length alone.</summary>
internal sealed class PartEncoding
{
    private readonly long _start;

    /// <param name="part">Which part.</param>
    /// <param name="length">Length of the file.</param>
    public PartEncoding(PartOfWhole part, long length)
    {
        const long Frame = ArchiveWriter.DefaultFrameLength;
        var frames = (length + Frame - 1) / Frame;
        var (first, end) = part.Share(frames);
        _start = Math.Min(first * Frame, length);
        Length = Math.Min(end * Frame, length) - _start;
        IsWhole = frames <= 1;
    }

    /// <summary>Bytes of content.</summary>
    public long Length { get; }

    /// <summary>Whether the file has one frame, which is not written as one of several.</summary>
    public bool IsWhole { get; }

    /// <summary>The content.</summary>
    public Stream Open(Stream file) => new SliceStream(file, _start, Length);

    /// <summary>Whether a file is a complete archive of as much content: what a run before this one has made.</summary>
    public bool IsDone(string path)
    {
        try
        {
            using var file = SourceFile.Open(path);
            return file.Status.Kind == FileKind.Regular && ArchiveJoin.Check(file.Stream) == Length;
        }
        catch (Exception exception) when (exception is FileException or NacrithException or IOException)
        {
            return false;
        }
    }
}
