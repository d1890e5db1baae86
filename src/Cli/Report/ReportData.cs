using System.Text.Json;
using NacrithOnnx.Format;

namespace NacrithOnnx.Cli.Report;

/// <summary>
/// What the page's script reads: numbers, and bytes in Base64. The writer escapes what could end the element it is in.
/// </summary>
internal static class ReportData
{
    public static void Write(Stream output, ReportFigures figures, ReportRecorder record)
    {
        using var json = new Utf8JsonWriter(output);
        var tokens = record.Tokens;
        json.WriteStartObject();
        json.WriteNumber("content", figures.ContentBytes);
        json.WriteNumber("tokens", tokens.Count);
        json.WriteNumber("bitUnits", TokenColumns.BitUnits);
        json.WriteNumber("shareUnits", TokenColumns.ShareUnits);
        json.WriteBase64String("names", tokens.Names);
        json.WriteBase64String("indexes", tokens.Tokens);
        json.WriteBase64String("bits", tokens.Bits);
        json.WriteBase64String("guesses", tokens.Guesses);
        json.WriteStartArray("regions");
        foreach (var region in record.Regions)
        {
            WriteRegion(json, region);
        }

        json.WriteEndArray();
        WriteCurve(json, record.Curve);
        json.WriteEndObject();
    }

    private static void WriteRegion(Utf8JsonWriter json, RegionRow region)
    {
        json.WriteStartObject();
        json.WriteString("kind", region.Kind switch { RegionKind.Text => "text", RegionKind.Bytes => "bytes", _ => "stored" });
        json.WriteNumber("start", region.Start);
        json.WriteNumber("content", region.Total.Content);
        json.WriteNumber("bits", Math.Round(region.Total.Bits, 2));
        json.WriteNumber("tokens", region.Tokens);
        json.WriteNumber("scale", region.Scale);
        json.WriteEndObject();
    }

    private static void WriteCurve(Utf8JsonWriter json, BitCurve curve)
    {
        json.WriteStartObject("curve");
        json.WriteNumber("left", CurveDrawing.Left);
        json.WriteNumber("right", CurveDrawing.Right);
        json.WriteNumber("width", curve.Width);
        json.WriteStartArray("values");
        foreach (var interval in curve.Intervals)
        {
            json.WriteNumberValue(Math.Round(interval.BitsPerByte, 3));
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
