using NacrithOnnx.Format;
using NacrithOnnx.Runtime.Engine;
using NacrithOnnx.Runtime.Frame;

namespace NacrithOnnx.Runtime.Archive;

/// <summary>Decompresses the frames of one archive with what its header names.</summary>
internal sealed class ArchiveDecoder
{
    private readonly NacrithEngine _engine;
    private readonly ArchiveHeader _archive;
    private readonly NacrithDictionary? _dictionary;
    private readonly Profile? _profile;
    private readonly long _memoryLimit;

    /// <summary>Prepares for the frames of an archive. The model and the dictionary are not needed before text is.</summary>
    /// <param name="engine">Holds the model.</param>
    /// <param name="archive">Header of the archive.</param>
    /// <param name="options">Dictionary and memory limit.</param>
    /// <exception cref="NacrithException">
    /// The archive's profile or parameters are invalid, unknown, or need too much memory.
    /// </exception>
    public ArchiveDecoder(NacrithEngine engine, ArchiveHeader archive, DecompressOptions options)
    {
        _engine = engine;
        _archive = archive;
        _dictionary = options.Dictionary;
        _memoryLimit = options.MemoryLimit ?? long.MaxValue;
        _profile = archive.Profile != 0 ? Profiles.Of(archive.Profile)
            : archive.Parameters.Count > 0 ? ProfileParameters.Read(archive.Parameters)
            : null;

        // The limit covers what the archive requests beyond the tables of the default level, which all programs have to
        // spare, as they have the model.
        var standard = Profiles.OfLevel(CompressOptions.DefaultLevel);
        if (_profile?.TableLength - standard.TableLength > options.MemoryLimit)
        {
            throw new LimitExceededException("The archive's parameters need tables larger than the memory limit.");
        }
    }

    /// <summary>Decompresses a frame, whose check is left to the caller.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="turn">The engine's turn.</param>
    /// <param name="tracker">Receives progress; cancels.</param>
    /// <param name="share">What it may take of the memory; null for all of it.</param>
    /// <exception cref="NacrithException">
    /// The frame is damaged, or its archive was made with another model or dictionary.
    /// </exception>
    public byte[] Decompress(DataFrame frame, Turn turn, FrameTracker tracker, long? share = null)
    {
        var head = frame.Body.Head;
        if (head.Tag.Kind == BodyKind.Stored)
        {
            tracker.Cancel.ThrowIfCancellationRequested();
            var stored = frame.Body.Stored.ToArray();
            FrameReport.Send(tracker.Observer, stored, head.Regions, null, [], default);
            return stored;
        }

        var profile = _profile ?? throw new CorruptArchiveException("The archive holds coded content without parameters.");
        NacrithDictionary? dictionary = null;
        if (head.TextLength > 0)
        {
            _engine.Require(
                _archive.Model ?? throw new CorruptArchiveException("The archive holds text but names no model."),
                profile.Plan);
            dictionary = _archive.Dictionary is { } named ? Dictionary(named) : null;
        }

        return new FrameDecompressor(profile, dictionary, share ?? _memoryLimit).Decompress(frame.Body, head.ContentLength, turn, tracker);
    }

    private NacrithDictionary Dictionary(HashPrefix named)
    {
        if (_dictionary is null)
        {
            throw new DictionaryMismatchException(
                $"The archive was made with a dictionary whose SHA-256 begins with {named}, and none is given.");
        }

        return _dictionary.Prefix == named ? _dictionary : throw new DictionaryMismatchException(
            $"The archive was made with a dictionary whose SHA-256 begins with {named}; that of the given one is "
            + $"{_dictionary.Sha256}.");
    }
}
