using Microsoft.Win32.SafeHandles;
using NacrithOnnx.Cli.Arguments;
using NacrithOnnx.Cli.Files;
using NacrithOnnx.Cli.Host;
using NacrithOnnx.Cli.Posix;
using NacrithOnnx.Cli.Progress;

namespace NacrithOnnx.Cli.Jobs;

/// <summary>Compresses, decompresses or tests one input.</summary>
internal sealed class TranscodeJob(
    CommandLineOptions options, IHost host, Messages messages, ITranscoder transcoder, CancellationToken cancel)
{
    private readonly PartOfWhole? _part = options.Part is { } part ? PartOfWhole.Parse(part, host.Variable) : null;

    private bool IsCompressing => options.Mode == Mode.Compress;

    /// <summary>Processes one input. If it throws, no file has been written, replaced or removed.</summary>
    /// <param name="name">The input; - for standard input.</param>
    public void Run(string name)
    {
        if (_part is { } mine && !IsCompressing)
        {
            new PartDecodeJob(options, mine, messages, transcoder, MakeProgress, cancel).Run(name);
            return;
        }

        var isStandard = name == CommandLineOptions.Standard;
        var removes = options.RemoveSource && options.Mode != Mode.Test && !isStandard;
        if (removes)
        {
            SourceFile.RequireRemovable(name, options.Force);
        }

        using var source = SourceFile.Open(name, host, options.Force);
        var target = TargetOf(name, isStandard);
        var encoding = _part is { } share ? PartOf(share, name, source!) : null;
        if (encoding is not null && !options.Force && encoding.IsDone(target!))
        {
            messages.Note(name, $"part {_part} is there already");
            return;
        }

        using var report = options.Report is null ? null : new ReportJob(options, host, name, source, target);
        var outcome = target is null
            ? Transcode(name, source, null, ToNowhereOrStandardOutput(source), null, report, verify: false)
            : ToTarget(name, source, encoding, target, report);
        report?.Finish(outcome);
        if (IsCompressing && !removes && source is { HasChanged: true })
        {
            messages.Warning(name, "changed while it was read; the archive holds what was read");
        }

        if (options.Range is { } range && outcome.ContentBytes < range.Length)
        {
            messages.Warning(isStandard ? null : name, $"the content ends before the range: {Figures.Count(outcome.ContentBytes)} of {Figures.Count(range.Length)} bytes written");
        }

        messages.Note(isStandard ? null : name, OutcomeReport.Describe(outcome));
        if (options.Json)
        {
            var operation = options.Mode.ToString().ToLowerInvariant();
            OutcomeReport.WriteJson(host.Output, operation, outcome);
        }

        if (removes)
        {
            source?.Remove();
        }
    }

    private string? TargetOf(string name, bool isStandard)
    {
        if (options.Mode == Mode.Test)
        {
            return null;
        }

        if (options.Output is not null)
        {
            return options.Output == CommandLineOptions.Standard ? null : options.Output;
        }

        if (options.ToStandardOutput || isStandard)
        {
            return null;
        }

        if (_part is { } part)
        {
            return options.Names.ForContent($"{name}.part-{part}");
        }

        return IsCompressing ? options.Names.ForContent(name) : options.Names.ForArchive(name);
    }

    private static PartEncoding PartOf(PartOfWhole part, string name, SourceFile source) =>
        source.Status.Kind == FileKind.Regular
            ? new(part, source.Stream.Length)
            : throw new FileException("is not a regular file, which --part needs", name);

    private Stream ToNowhereOrStandardOutput(SourceFile? source)
    {
        if (options.Mode == Mode.Test)
        {
            return Stream.Null;
        }

        RequireNoTerminal(host.OutputIsTerminal);
        if (host.OutputStatus is { Kind: FileKind.Regular, Identity: { } output } && source?.Status.Identity == output)
        {
            throw new FileException("is the input itself", OutputFailedException.Name);
        }

        return host.Output;
    }

    private void RequireNoTerminal(bool isTerminal)
    {
        if (isTerminal && IsCompressing && !options.Force && !options.Armor)
        {
            throw new UsageException("an archive is not written to a terminal; use -o FILE, a pipe, -a or -f");
        }
    }

    private Outcome ToTarget(string name, SourceFile? source, PartEncoding? part, string target, ReportJob? report)
    {
        var rules = new OutputRules(host, options.Force, options.FilesRead);
        var isNamed = options.Output is not null;
        var kind = rules.Decide(target, source is null ? null : name, source?.Status, isNamed);
        if (kind is OutputKind.New or OutputKind.Replacement)
        {
            return ToFile(name, source, part, target, report, replace: kind == OutputKind.Replacement);
        }

        if (options.RemoveSource || options.Verify)
        {
            throw new FileException("is not a regular file, which --rm and --verify need", target);
        }

        using var device = kind == OutputKind.Descriptor ? OpenDescriptor(target) : OpenDevice(target);
        RequireNoTerminal(device is DescriptorStream { IsTerminal: true });
        return Transcode(name, source, part, device, target, report, verify: false);
    }

    private Outcome ToFile(
        string name, SourceFile? source, PartEncoding? part, string target, ReportJob? report, bool replace)
    {
        TemporaryFiles.RemoveAbandoned(FileSystem.FolderOf(target));
        using var file = new AtomicFile(target, replace, source?.Inheritable, isSparse: !IsCompressing);
        var verify = IsCompressing && (options.Verify || options.RemoveSource);
        var outcome = Transcode(name, source, part, file.Stream, target, report, verify);

        // A signal that came after the last step still means that no file is wanted.
        cancel.ThrowIfCancellationRequested();
        file.Commit();
        return outcome;
    }

    private Outcome Transcode(
        string name, SourceFile? source, PartEncoding? part, Stream output, string? target, ReportJob? report, bool verify)
    {
        var counted = new CountingStream(output, target);
        using var input = new ReplayStream(part?.Open(source!.Stream) ?? source?.Stream ?? host.Input);
        var length = part?.Length ?? source?.Length;
        var isForeign = IsPassedThrough && !ArchiveStart.IsArchive(input);
        using var progress = MakeProgress(name, length);
        if (isForeign)
        {
            input.CopyTo(counted);
            counted.Flush();
            return new(name, target, counted.Position, counted.Position, 0, progress.Elapsed);
        }

        using var hash = verify ? new HashingStream(input.Rest) : null;
        if (IsCompressing)
        {
            var plain = hash ?? input.Rest;
            transcoder.Compress(
                report?.Watch(plain) ?? plain, length, part is { IsWhole: false }, counted, report?.Observer, progress, cancel);
        }
        else
        {
            var settings = DecompressOptions() with { Observer = report?.Observer };
            transcoder.Decompress(input.Rest, report?.Watch(counted) ?? counted, settings, progress, cancel);
        }

        counted.Flush();
        if (hash is not null)
        {
            Verify(hash, output, name, counted.Position);
        }

        var read = length ?? progress.Last.InputBytes;
        var (content, archive) = IsCompressing ? (read, counted.Position) : (counted.Position, read);
        return new(name, target, content, archive, progress.Last.Tokens, progress.Elapsed);
    }

    /// <summary>
    /// -d -c -f copies a file that is not an archive unchanged, as gzip, xz and zstd do, so that pagers can read any file.
    /// </summary>
    private bool IsPassedThrough => options is
    {
        Mode: Mode.Decompress, Force: true, ToStandardOutput: true, Range: null, Message: false, Report: null
    };

    private void Verify(HashingStream original, Stream archive, string name, long archiveLength)
    {
        archive.Position = 0;
        using var decoded = new HashingStream();
        using var progress = MakeProgress(name, archiveLength);
        try
        {
            transcoder.Decompress(archive, decoded, new() { MemoryLimit = options.MemoryLimit }, progress, cancel);
        }
        catch (NacrithException exception) when (exception is not EnvironmentException)
        {
            throw new VerificationException(exception);
        }

        if (!original.Matches(decoded))
        {
            throw new VerificationException(null);
        }
    }

    private DecompressOptions DecompressOptions() => new()
    {
        MaxOutput = options.MaxOutput,
        MemoryLimit = options.MemoryLimit,
        Offset = options.Range?.Offset ?? 0,
        Length = options.Range?.Length,
        IgnoreTrailing = options.IgnoreTrailing,
    };

    private ProgressLine MakeProgress(string name, long? length) => new(
        host.Error,
        host.Time,
        name,
        length,
        decompressing: !IsCompressing,
        columns: IsProgressDrawn ? () => host.ErrorColumns : null,
        messages.IsVerbose ? text => messages.Note(name, text) : null);

    private bool IsProgressDrawn => host.ErrorIsTerminal && !options.NoProgress && options.Quiet == 0
        && host.Variable("TERM") != "dumb";

    private static DescriptorStream OpenDescriptor(string target)
    {
        _ = DescriptorName.TryParse(target, out var descriptor);
        var copy = LibC.Duplicate(descriptor);
        return copy >= 0
            ? new DescriptorStream(new SafeFileHandle(copy, ownsHandle: true), writes: true)
            : throw new FileException(PosixError.Describe(PosixError.Last), target);
    }

    private static Stream OpenDevice(string target)
    {
        var handle = FileSystem.Current.OpenWrite(target);
        return OperatingSystem.IsWindows()
            ? new FileStream(handle, FileAccess.Write, bufferSize: 0)
            : new DescriptorStream(handle, writes: true);
    }
}
