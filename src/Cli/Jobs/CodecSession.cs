using Microsoft.Win32.SafeHandles;
using NacrithOnnx.Cli.Arguments;
using NacrithOnnx.Cli.Files;
using NacrithOnnx.Cli.Host;
using NacrithOnnx.Cli.Launch;
using NacrithOnnx.Cli.Posix;

namespace NacrithOnnx.Cli.Jobs;

/// <summary>Loads the model when the first file needs it, and keeps it for the others.</summary>
internal sealed class CodecSession(CommandLineOptions options, IHost host, Messages messages) : IDisposable
{
    private const string Auto = "auto";
    private const string Cuda = "CUDA";

    /// <summary>Which GPUs have proved themselves, in the cache of the user.</summary>
    private const string ProofFile = "devices.txt";

    private ICodec? _codec;
    private SafeFileHandle? _folder;

    /// <summary>Folder of the model.</summary>
    public string? ModelFolder { get; private set; }

    /// <summary>Why there is no model, if <see cref="OpenForArchives"/> found none: to be thrown when text needs it.</summary>
    public EnvironmentException? MissingModel { get; private set; }

    /// <summary>What compresses and decompresses as the command line asks.</summary>
    /// <param name="dictionary">The dictionary, or null.</param>
    public ITranscoder Transcoder(NacrithDictionary? dictionary) => options.Message
        ? new MessageTranscoder(options, this, dictionary)
        : new ArchiveTranscoder(options, this, dictionary);

    /// <summary>Opens the codec for archives, which need no model unless they hold text.</summary>
    /// <exception cref="EnvironmentException">A model was named and is missing, or it cannot be loaded.</exception>
    public ICodec OpenForArchives()
    {
        try
        {
            return Open();
        }
        catch (EnvironmentException problem) when (ModelFolder is null && ModelLocator.IsUnnamed(options.ModelFolder, host))
        {
            MissingModel = problem;
            return OpenWithoutModel(problem);
        }
    }

    /// <exception cref="EnvironmentException">There is no model, or it cannot be loaded.</exception>
    public ICodec Open()
    {
        if (_codec is null)
        {
            ModelFolder = ModelLocator.Find(options.ModelFolder, host);
            if (host.MemoryProblem is { } problem)
            {
                messages.Warning(null, problem);
            }

            _codec = host.OpenCodec(Settings(FolderForLibrary(ModelFolder)));
            NoteDevice();
        }

        return _codec;
    }

    public void Dispose()
    {
        _codec?.Dispose();
        _folder?.Dispose();
    }

    private CodecSettings Settings(string folder) => new(folder, Threads())
    {
        Device = options.Device,
        Workers = options.Workers,
        ProofFile = UnpackFolders.List(host) is [var cache, ..] ? Path.Combine(cache, ProofFile) : null,
        Warning = text => messages.Warning(null, text),
    };

    /// <summary>What computes is worth a note if it was chosen, or is a GPU.</summary>
    private void NoteDevice()
    {
        try
        {
            if (messages.IsVerbose && _codec!.Identity.Provider is var device
                && (options.Device != Auto || device.StartsWith(Cuda, StringComparison.Ordinal)))
            {
                messages.Note(null, $"the model runs on: {device}");
            }
        }
        catch (EnvironmentException)
        {
            // Whoever needs the model will say what is wrong with it.
        }
    }

    /// <summary>
    /// The library opens files by .NET's names. A folder whose name is not UTF-8 is reached through a descriptor instead.
    /// </summary>
    private string FolderForLibrary(string folder)
    {
        if (!ByteName.HasEscape(folder))
        {
            return folder;
        }

        _folder = FileSystem.Current.OpenRead(folder);
        return $"/proc/self/fd/{_folder.DangerousGetHandle()}";
    }

    /// <summary>More threads than processors wait for each other in every step, and take ten times as long.</summary>
    private int Threads()
    {
        var processors = host.ProcessorCount;
        if (options.Threads > processors)
        {
            messages.Note(null, $"-T{options.Threads} is cut to {processors}, the processors available");
        }

        return options.Threads == 0 ? processors : Math.Min(options.Threads, processors);
    }

    private ICodec OpenWithoutModel(EnvironmentException problem)
    {
        try
        {
            return _codec = host.OpenCodec(Settings(ModelLocator.DataFolder(host)));
        }
        catch (EnvironmentException)
        {
            throw problem;
        }
    }
}
