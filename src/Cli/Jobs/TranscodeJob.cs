using NacrithOnnx.Cli.Arguments;
using NacrithOnnx.Cli.Files;
using NacrithOnnx.Cli.Host;
using NacrithOnnx.Cli.Progress;

namespace NacrithOnnx.Cli.Jobs;

/// <summary>Compresses, decompresses or tests one input.</summary>
internal sealed class TranscodeJob(
    CommandLineOptions options, IHost host, Messages messages, CodecSession session, CancellationToken cancel)
{
    private bool IsCompressing => options.Mode == Mode.Compress;

    /// <summary>Does it. If it throws, no file has been written, replaced or removed, save a source after --rm.</summary>
    /// <param name="name">The input; - for standard input.</param>
    public void Run(string name)
    {
        var isStandard = name == CommandLineOptions.Standard;
        using var source = isStandard ? null : SourceFile.Open(name);
        if (isStandard && host.InputIsTerminal && !options.Force)
        {
            throw new UsageException("standard input is a terminal; name a file, or see --help");
        }

        var target = TargetOf(name, isStandard);
        var outcome = target switch
        {
            null => Transcode(name, source, ToNowhereOrStandardOutput(), null, verify: false),
            _ when OutputRules.IsDevice(target) => ToDevice(name, source, target),
            _ => ToFile(name, source, target),
        };
        messages.Note(isStandard ? null : name, OutcomeReport.Describe(outcome));
        if (options.Json)
        {
            var operation = options.Mode.ToString().ToLowerInvariant();
            OutcomeReport.WriteJson(host.Output, operation, outcome);
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

        return IsCompressing ? ArchiveName.ForContent(name) : ArchiveName.ForArchive(name);
    }

    private Stream ToNowhereOrStandardOutput()
    {
        if (options.Mode == Mode.Test)
        {
            return Stream.Null;
        }

        if (IsCompressing && host.OutputIsTerminal && !options.Force)
        {
            throw new UsageException("an archive is not for a terminal; use -o FILE, a pipe, or -f");
        }

        return host.Output;
    }

    private Outcome ToDevice(string name, SourceFile? source, string target)
    {
        if (options.RemoveSource || options.Verify)
        {
            throw new FileRefusedException($"{target} is a device; --rm and --verify need a file");
        }

        using var device = new FileStream(target, FileMode.Open, FileAccess.Write);
        return Transcode(name, source, device, target, verify: false);
    }

    private Outcome ToFile(string name, SourceFile? source, string target)
    {
        var replace = new OutputRules(host, options.Force).MayReplace(target, source is null ? null : name);
        using var file = new AtomicFile(target, replace, source?.Attributes);
        var verify = IsCompressing && (options.Verify || options.RemoveSource);
        var outcome = Transcode(name, source, file.Stream, target, verify);

        // A signal that came after the last step still means that no file is wanted.
        cancel.ThrowIfCancellationRequested();
        file.Commit();
        if (options.RemoveSource)
        {
            source?.Remove();
        }

        return outcome;
    }

    private Outcome Transcode(string name, SourceFile? source, Stream output, string? target, bool verify)
    {
        var codec = session.Open();
        var input = source?.Stream ?? host.Input;
        var counted = new CountingStream(output);
        using var progress = MakeProgress(name, source?.Length);
        using var hash = verify ? new HashingStream(input) : null;
        if (IsCompressing)
        {
            codec.Compress(hash ?? input, counted, new() { Level = options.Level }, progress, cancel);
        }
        else
        {
            codec.Decompress(input, counted, DecompressOptions(), progress, cancel);
        }

        counted.Flush();
        if (hash is not null)
        {
            Verify(codec, hash, output, name, counted.Position);
        }

        var read = source?.Length ?? progress.Last.InputBytes;
        var (content, archive) = IsCompressing ? (read, counted.Position) : (counted.Position, read);
        return new(name, target, content, archive, progress.Last.Tokens, progress.Elapsed);
    }

    private void Verify(ICodec codec, HashingStream original, Stream archive, string name, long archiveLength)
    {
        archive.Position = 0;
        using var decoded = new HashingStream();
        using var progress = MakeProgress(name, archiveLength);
        codec.Decompress(archive, decoded, new(), progress, cancel);
        if (!original.Matches(decoded))
        {
            throw new ChecksumException("the new archive does not decode to the input; nothing is written, please report it");
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
        draw: host.ErrorIsTerminal && !options.NoProgress && options.Quiet == 0,
        messages.IsVerbose ? text => messages.Note(name, text) : null);
}
