using NacrithOnnx.Cli.Arguments;
using NacrithOnnx.Format;

namespace NacrithOnnx.Cli.Jobs;

/// <summary>Archives, binary or as text.</summary>
/// <param name="options">What the command line asks for.</param>
/// <param name="session">Has the codec.</param>
/// <param name="dictionary">The dictionary, or null.</param>
internal sealed class ArchiveTranscoder(
    CommandLineOptions options, CodecSession session, NacrithDictionary? dictionary) : ITranscoder
{
    public void Compress(
        Stream content, long? length, bool isPart, Stream output, IFrameObserver? observer, IProgress<CodecProgress>? progress,
        CancellationToken cancel)
    {
        var settings = new CompressOptions
        {
            Level = options.Level,
            Dictionary = dictionary,
            ContentLength = length,
            MemoryLimit = options.MemoryLimit,
            IsPart = isPart,
            Observer = observer,
        };
        if (!options.Armor)
        {
            session.Open().Compress(content, output, settings, progress, cancel);
            return;
        }

        using var text = new ArmorWriteStream(output);
        session.Open().Compress(content, text, settings, progress, cancel);
        text.Complete();
    }

    public void Decompress(
        Stream input, Stream output, DecompressOptions options, IProgress<CodecProgress>? progress,
        CancellationToken cancel)
    {
        try
        {
            options = options with { Dictionary = dictionary };
            session.OpenForArchives().Decompress(Armor.Open(input), output, options, progress, cancel);
        }
        catch (DictionaryMismatchException exception) when (dictionary is null)
        {
            throw DictionaryFile.Missing(exception);
        }
        catch (EnvironmentException) when (session.MissingModel is not null)
        {
            throw session.MissingModel;
        }
    }
}
