using NacrithOnnx.Cli.Arguments;
using NacrithOnnx.Cli.Files;
using NacrithOnnx.Cli.Progress;
using NacrithOnnx.Format;

namespace NacrithOnnx.Cli.Jobs;

/// <summary>
/// Decompresses or tests some frames of an archive. The output is a file that all parts write, each at its place; any of them
/// creates it, with its full length. Frames that are there already are not decoded again.
/// </summary>
internal sealed class PartDecodeJob(
    CommandLineOptions options, PartOfWhole part, Messages messages, ITranscoder transcoder, Func<string, long?, ProgressLine> progress,
    CancellationToken cancel)
{
    /// <summary>Decodes the part of an archive.</summary>
    public void Run(string name)
    {
        using var source = SourceFile.Open(name);
        if (source.Status.Kind != FileKind.Regular)
        {
            throw new FileException("is not a regular file, which --part needs", name);
        }

        var trailing = options.IgnoreTrailing ? TrailingData.Ignore : TrailingData.Refuse;
        var map = ContentMap.Read(source.Stream, new() { MaxOutputLength = options.MaxOutput }, trailing);
        var (first, end) = part.Share(map.Frames.Count);
        using var output = options.Mode == Mode.Test ? null : OpenShared(map.OriginalLength);
        var done = 0;
        for (var i = (int)first; i < end; i++)
        {
            if (output is not null && IsThere(map, map.Frames[i], output))
            {
                done++;
                continue;
            }

            var next = i + 1;
            while (next < end && (output is null || !IsThere(map, map.Frames[next], output)))
            {
                next++;
            }

            Decode(name, source.Stream, map, (i, next), output);
            i = next - 1;
        }

        output?.Flush(flushToDisk: true);
        messages.Note(name, $"part {part}: {end - first} frames, {done} of them were there already");
    }

    private void Decode(string name, Stream archive, ContentMap map, (int First, int End) frames, FileStream? output)
    {
        var start = map.Frames[frames.First].OriginalStart;
        var last = map.Frames[frames.End - 1];
        var length = last.OriginalStart + last.OriginalLength - start;
        archive.Position = 0;
        if (output is not null)
        {
            output.Position = start;
        }

        using var counted = new CountingStream(output ?? Stream.Null, options.Output);
        using var line = progress(name, null);
        var settings = new DecompressOptions
        {
            Offset = start,
            Length = length,
            MaxOutput = options.MaxOutput,
            MemoryLimit = options.MemoryLimit,
            IgnoreTrailing = options.IgnoreTrailing,
        };
        transcoder.Decompress(archive, counted, settings, line, cancel);
        counted.Flush();
    }

    /// <summary>Whether the output has the content of a frame, by the check of the frame.</summary>
    private static bool IsThere(ContentMap map, in FrameLocation location, FileStream output)
    {
        var content = new byte[location.OriginalLength];
        output.Position = location.OriginalStart;
        if (output.ReadAtLeast(content, content.Length, throwOnEndOfStream: false) < content.Length)
        {
            return false;
        }

        try
        {
            map.ReadFrame(location).Verify(content);
            return true;
        }
        catch (ChecksumException)
        {
            return false;
        }
    }

    private FileStream OpenShared(long length)
    {
        var path = options.Output!;
        if (FileSystem.Current.Status(path) is { } found)
        {
            if (found.Kind != FileKind.Regular)
            {
                throw new FileException("is not a regular file, which --part needs", path);
            }

            OutputRules.RequireNoInput(path, found, options.FilesRead);
        }

        try
        {
            var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite);
            try
            {
                // Two that start at the same time both set it; no other length is ever set.
                if (file.Length == 0 || options.Force)
                {
                    file.SetLength(length);
                }

                return file.Length == length
                    ? file
                    : throw new FileException("exists and is not as long as the content; use -f to overwrite it", path);
            }
            catch
            {
                file.Dispose();
                throw;
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new FileException(Failure.From(exception).Reason, path, exception);
        }
    }
}
