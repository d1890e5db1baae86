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
        json.WriteString("form", archive.Header.IsSmall ? "small" : "large");
        json.WriteString("model", archive.Header.Model?.ToString());
        json.WriteString("dictionary", archive.Header.Dictionary?.ToString());
        json.WriteNumber("profile", archive.Header.Profile);
        if (archive.Header.Level > 0)
        {
            json.WriteNumber("level", archive.Header.Level);
        }
        else
        {
            json.WriteNull("level");
        }

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
                json.WriteNumber("uncompressed", frame.Head.ContentLength);
                json.WriteNumber("text", frame.Head.TextLength);
                json.WriteNumber("bytes", frame.Head.BytesLength);
                json.WriteNumber("stored", frame.Head.StoredLength);
                json.WriteNumber("tokens", frame.Head.TokenCount);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }
}
