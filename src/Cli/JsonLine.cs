using System.Text.Encodings.Web;
using System.Text.Json;

namespace NacrithOnnx.Cli;

/// <summary>One JSON object per line.</summary>
internal static class JsonLine
{
    /// <summary>Keeps file names readable; the output is not HTML.</summary>
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write(Stream output, Action<Utf8JsonWriter> writeFields)
    {
        using (var json = new Utf8JsonWriter(output, Options))
        {
            json.WriteStartObject();
            writeFields(json);
            json.WriteEndObject();
        }

        output.Write("\n"u8);
        output.Flush();
    }
}
