namespace NacrithOnnx.Cli.Report;

/// <summary>What a report says of the whole run.</summary>
/// <param name="Name">Name of the content.</param>
/// <param name="Operation">What was done.</param>
/// <param name="ContentBytes">Length of the content.</param>
/// <param name="ArchiveBytes">Length of the archive.</param>
/// <param name="Elapsed">Time it took, without that of the report.</param>
/// <param name="GZipBytes">Length of the content as gzip makes it.</param>
/// <param name="BrotliBytes">Length of the content as Brotli makes it.</param>
/// <param name="Version">Version of the program.</param>
internal sealed record ReportFigures(
    string Name, string Operation, long ContentBytes, long ArchiveBytes, TimeSpan Elapsed, long GZipBytes, long BrotliBytes,
    string Version)
{
    public double BitsPerByte => ContentBytes == 0 ? 0 : 8.0 * ArchiveBytes / ContentBytes;
}
