using NacrithOnnx.Format;
using NacrithOnnx.Runtime.Engine;

namespace NacrithOnnx.Runtime.Archive;

/// <summary>The decoder of the archive that is read; used by one thread, the decoders by any.</summary>
/// <param name="engine">Decompresses.</param>
/// <param name="options">Dictionary and memory limit.</param>
internal sealed class ArchiveDecoders(NacrithEngine engine, DecompressOptions options)
{
    private ArchiveHeader? _archive;
    private ArchiveDecoder? _decoder;

    /// <summary>The decoder for the frames of an archive.</summary>
    /// <exception cref="NacrithException">Its parameters are invalid, unknown, or need too much memory.</exception>
    public ArchiveDecoder For(ArchiveHeader archive)
    {
        if (!ReferenceEquals(archive, _archive))
        {
            _decoder = new ArchiveDecoder(engine, archive, options);
            _archive = archive;
        }

        return _decoder!;
    }
}
