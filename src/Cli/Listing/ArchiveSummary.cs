using NacrithOnnx.Format;

namespace NacrithOnnx.Cli.Listing;

/// <summary>What one file holds, over all archives in it.</summary>
/// <param name="Name">Name of the file.</param>
/// <param name="FileLength">Length of the archives.</param>
/// <param name="Archives">The archives.</param>
internal sealed record ArchiveSummary(string Name, long FileLength, IReadOnlyList<ArchiveListing> Archives)
{
    public long ContentLength => Archives.Sum(archive => archive.End.OriginalLength);

    public long FrameCount => Archives.Sum(archive => archive.End.FrameCount);

    /// <summary>First digits of the model's hash, as the archives have them; several are separated by commas.</summary>
    public string Models =>
        string.Join(',', Archives.Select(archive => archive.Header.Model?.ToString() ?? "none").Distinct());

    /// <summary>Format versions.</summary>
    public string Versions => string.Join(',', Archives
        .Select(archive => $"{FormatConstants.MajorVersion}.{archive.Header.MinorVersion}").Distinct());

    public static ArchiveSummary Read(string name, Stream stream, TrailingData trailing)
    {
        var archives = ArchiveListing.Read(stream, trailing: trailing);
        return new(name, archives.Sum(archive => archive.Length), archives);
    }
}
