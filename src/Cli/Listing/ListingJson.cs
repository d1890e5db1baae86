using System.Text.Json;
using NacrithOnnx.Cli.Posix;
using NacrithOnnx.Format;

namespace NacrithOnnx.Cli.Listing;

/// <summary>The JSON of -l: one object per file, with frames if -v is given. Field names are stable.</summary>
internal static class ListingJson
{
    public static void Write(Stream output, ArchiveSummary summary, bool frames) => JsonLine.Write(output, json =>
    {
        json.WriteString("file", ByteName.Readable(summary.Name));
        json.WriteNumber("compressed", summary.FileLength);
        json.WriteNumber("uncompressed", summary.ContentLength);
        json.WriteNumber("frames", summary.FrameCount);
        json.WriteStartArray("archives");
        foreach (var archive in summary.Archives)
        {
            WriteArchive(json, archive, frames);
        }

        json.WriteEndArray();
    });

    private static void WriteArchive(Utf8JsonWriter json, ArchiveListing archive, bool frames)
    {
        json.WriteStartObject();
        json.WriteString("version", $"{FormatConstants.MajorVersion}.{archive.Header.MinorVersion}");
        json.WriteString("model", archive.Header.Codec?.Model.ToString());
        json.WriteString("tokenizer", archive.Header.Codec?.Tokenizer.ToString());
        json.WriteString("arithmetic", archive.Header.Codec?.ArithmeticId);
        json.WriteNumber("level", archive.Header.Level);
        json.WriteBoolean("index", archive.HasIndex);
        json.WriteNumber("offset", archive.Offset);
        json.WriteNumber("compressed", archive.Length);
        json.WriteNumber("uncompressed", archive.End.OriginalLength);
        json.WriteString("sha256", archive.End.ContentHash?.ToString());
        if (frames)
        {
            json.WriteStartArray("frames");
            foreach (var frame in archive.Frames)
            {
                json.WriteStartObject();
                json.WriteNumber("offset", frame.Offset);
                json.WriteNumber("compressed", frame.Length);
                json.WriteNumber("uncompressed", frame.Header.OriginalLength);
                json.WriteNumber("text", frame.Header.TextLength);
                json.WriteNumber("bytes", frame.Header.BytesLength);
                json.WriteNumber("stored", frame.Header.StoredLength);
                json.WriteNumber("tokens", frame.Header.Text.TokenCount);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }
}
