using NacrithOnnx.Cli.Arguments;
using NacrithOnnx.Cli.Files;
using NacrithOnnx.Cli.Host;
using NacrithOnnx.Cli.Progress;
using NacrithOnnx.Format;

namespace NacrithOnnx.Cli.Jobs;

/// <summary>
/// Makes one archive of parts, without the model. With the content, the result has one index and equals what one machine makes of
/// it; without, the parts are checked and follow each other, each with its own index.
/// </summary>
internal sealed class JoinJob(CommandLineOptions options, IHost host, Messages messages, CancellationToken cancel)
{
    /// <summary>Joins the inputs, in the order given.</summary>
    public void Run()
    {
        var target = options.Output!;
        var kind = new OutputRules(host, options.Force, options.FilesRead).Decide(target, null, null, isNamed: true);
        if (kind is not (OutputKind.New or OutputKind.Replacement))
        {
            throw new FileException("is not a regular file, which --join needs", target);
        }

        var sources = new List<SourceFile>();
        try
        {
            foreach (var name in options.Files)
            {
                sources.Add(SourceFile.Open(name));
            }

            using var file = new AtomicFile(target, kind == OutputKind.Replacement, sources[0].Inheritable, isSparse: false);
            var length = options.Content is { } content ? Whole(sources, content, file.Stream) : Parts(sources, file.Stream);
            file.Stream.Flush();
            cancel.ThrowIfCancellationRequested();
            file.Commit();
            messages.Note(target, $"{options.Files.Count} parts, {Figures.Count(length)} bytes of content");
        }
        finally
        {
            sources.ForEach(source => source.Dispose());
        }
    }

    private long Whole(List<SourceFile> parts, string name, Stream output)
    {
        using var content = SourceFile.Open(name);
        var current = 0;
        try
        {
            return ArchiveJoin.Write(parts.Select((part, index) => { current = index; return part.Stream; }), content.Stream, output, cancel);
        }
        catch (NacrithException exception)
        {
            throw new CorruptArchiveException($"{options.Files[current]}: {exception.Message}", exception);
        }
    }

    private long Parts(List<SourceFile> parts, Stream output)
    {
        var length = 0L;
        for (var i = 0; i < parts.Count; i++)
        {
            long content;
            try
            {
                content = ArchiveJoin.Check(parts[i].Stream, cancel);
            }
            catch (NacrithException exception)
            {
                throw new CorruptArchiveException($"{options.Files[i]}: {exception.Message}", exception);
            }

            // Of parts without content one is enough, and none is needed beside others.
            if (content > 0 || (length == 0 && i == parts.Count - 1))
            {
                parts[i].Stream.Position = 0;
                parts[i].Stream.CopyTo(output);
                length += content;
            }
        }

        return length;
    }
}
