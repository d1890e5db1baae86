using NacrithOnnx.Cli.Arguments;
using NacrithOnnx.Format;

namespace NacrithOnnx.Cli.Jobs;

/// <summary>Archives, binary or as text.</summary>
internal sealed class ArchiveTranscoder(CommandLineOptions options, CodecSession session) : ITranscoder
{
    public void Compress(Stream content, Stream output, IProgress<CodecProgress>? progress, CancellationToken cancel)
    {
        var settings = new CompressOptions { Level = options.Level };
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
            session.OpenForArchives().Decompress(Armor.Open(input), output, options, progress, cancel);
        }
        catch (EnvironmentException) when (session.MissingModel is not null)
        {
            throw session.MissingModel;
        }
    }
}
