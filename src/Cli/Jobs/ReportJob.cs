using NacrithOnnx.Cli.Arguments;
using NacrithOnnx.Cli.Files;
using NacrithOnnx.Cli.Host;
using NacrithOnnx.Cli.Report;

namespace NacrithOnnx.Cli.Jobs;

/// <summary>Records a job and writes the page of --report, like any output: complete or not at all.</summary>
internal sealed class ReportJob : IDisposable
{
    private readonly CommandLineOptions _options;
    private readonly ReportRecorder _record = new();
    private readonly ContentSizes _sizes;
    private readonly AtomicFile? _file;
    private readonly Stream _stream;

    /// <summary>Creates the page's file.</summary>
    /// <param name="options">They name the page.</param>
    /// <param name="host">The environment.</param>
    /// <param name="input">The input; - for standard input.</param>
    /// <param name="source">Its file.</param>
    /// <param name="target">The other output; null if there is none.</param>
    /// <exception cref="FileException">The page must not or cannot be written.</exception>
    public ReportJob(CommandLineOptions options, IHost host, string input, SourceFile? source, string? target)
    {
        var page = options.Report!;
        _options = options;
        _sizes = new(host.Time);
        if (page == CommandLineOptions.Standard)
        {
            _stream = host.Output;
            return;
        }

        var rules = new OutputRules(host, options.Force, options.FilesRead);
        var kind = rules.Decide(page, source is null ? null : input, source?.Status, isNamed: true);
        if (target is not null && IsSame(page, target))
        {
            throw new FileException("is the other output", page);
        }

        if (kind is OutputKind.Descriptor or OutputKind.Device)
        {
            throw new FileException("is not a regular file; for a pipe, use --report -", page);
        }

        _file = new(page, kind == OutputKind.Replacement, source: null, isSparse: false);
        _stream = _file.Stream;
    }

    /// <summary>What the codec tells of its frames.</summary>
    public IFrameObserver Observer => _record;

    /// <summary>Content that is read or written through this is compressed by others too.</summary>
    public Stream Watch(Stream content) => new TeeStream(content, _sizes);

    /// <summary>Writes the page.</summary>
    public void Finish(in Outcome outcome)
    {
        _sizes.Dispose();
        var figures = new ReportFigures(
            outcome.Input == CommandLineOptions.Standard ? "standard input" : Path.GetFileName(outcome.Input),
            _options.Mode == Mode.Compress ? "compress" : "decompress",
            _sizes.Content,
            outcome.ArchiveBytes,
            outcome.Elapsed - _sizes.Elapsed,
            _sizes.GZip,
            _sizes.Brotli,
            VersionJob.Version);
        try
        {
            ReportPage.Write(_stream, figures, _record);
            _stream.Flush();
        }
        catch (Exception exception) when (FileException.IsWriteFailure(exception))
        {
            throw FileException.ToWrite(exception, _options.Report);
        }

        _file?.Commit();
    }

    public void Dispose()
    {
        _sizes.Dispose();
        _file?.Dispose();
    }

    /// <summary>Whether two names are one file, or would be once both are written.</summary>
    private static bool IsSame(string page, string target)
    {
        var files = FileSystem.Current;
        if (files.Status(page) is { } found && files.Status(target) is { } other)
        {
            return SameFile.IsSame(page, found, target, other);
        }

        return Path.GetFileName(page) == Path.GetFileName(target)
            && files.Status(FileSystem.FolderOf(page)) is { } folder && files.Status(FileSystem.FolderOf(target)) is { } second
            && SameFile.IsSame(FileSystem.FolderOf(page), folder, FileSystem.FolderOf(target), second);
    }
}
