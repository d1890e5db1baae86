using System.Globalization;
using NacrithOnnx.Cli.Progress;
using NacrithOnnx.Format;

namespace NacrithOnnx.Cli.Listing;

/// <summary>The table of -l: a row a file, frames below it with -v, totals at the end.</summary>
internal sealed class ListingTable(TextWriter output, bool frames)
{
    private const string Columns = "{0,-8}{1,-14}{2,7}{3,16}{4,16}{5,9}  {6,-8}{7}";

    private const string FrameColumns = "  frame {0,6} at {1,14}{2,16}{3,16}{4,9}  {5}";

    /// <summary>Covers each frame and the whole content.</summary>
    private const string Check = "SHA-256";

    private int _files;
    private long _frameCount;
    private long _archiveBytes;
    private long _contentBytes;

    public void Add(ArchiveSummary summary)
    {
        if (_files++ == 0)
        {
            Write(Columns, "Version", "Model", "Frames", "Compressed", "Uncompressed", "Ratio", "Check", "File");
        }

        var content = summary.ContentLength;
        _frameCount += summary.FrameCount;
        _archiveBytes += summary.FileLength;
        _contentBytes += content;
        Row(summary.Versions, summary.Models, summary.FrameCount, summary.FileLength, content, Messages.Printable(summary.Name));
        if (frames)
        {
            long number = 0;
            foreach (var archive in summary.Archives)
            {
                foreach (var frame in archive.Frames)
                {
                    WriteFrame(++number, frame);
                }
            }
        }
    }

    /// <summary>Writes the totals, if there are several files.</summary>
    public void Finish()
    {
        if (_files > 1)
        {
            Row(string.Empty, string.Empty, _frameCount, _archiveBytes, _contentBytes, $"{_files} files");
        }
    }

    private void Row(string version, string model, long frameCount, long archive, long content, string name) => Write(
        Columns,
        version,
        model,
        frameCount,
        Figures.Count(archive),
        Figures.Count(content),
        Figures.Percent(archive, content),
        Check,
        name);

    private void WriteFrame(long number, FrameListing frame)
    {
        var head = frame.Head;
        var kinds = string.Create(
            CultureInfo.InvariantCulture,
            $"text {Figures.Count(head.TextLength)}, bytes {Figures.Count(head.BytesLength)}, stored {Figures.Count(head.StoredLength)}");
        Write(
            FrameColumns,
            number,
            Figures.Count(frame.Offset),
            Figures.Count(frame.Length),
            Figures.Count(head.ContentLength),
            Figures.Percent(frame.Length, head.ContentLength),
            kinds);
    }

    private void Write(string format, params object[] values) =>
        output.WriteLine(string.Format(CultureInfo.InvariantCulture, format, values).TrimEnd());
}
