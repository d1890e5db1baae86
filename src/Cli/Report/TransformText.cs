using NacrithOnnx.Runtime.Segment;

namespace NacrithOnnx.Cli.Report;

/// <summary>Says what was done to a text before the model saw it.</summary>
internal static class TransformText
{
    private const int WidthShift = 8;

    private const TransformId Flags =
        TransformId.ByteOrderMark | TransformId.LineEnds | TransformId.Quotes | TransformId.LineWidth;

    /// <summary>A few words; none for an unchanged text.</summary>
    public static string Describe(int id)
    {
        var transform = (TransformId)id;
        List<string> parts = [];
        if ((transform & ~Flags) is var encoding and not TransformId.None)
        {
            parts.Add($"{encoding} to UTF-8");
        }

        if (transform.HasFlag(TransformId.ByteOrderMark))
        {
            parts.Add("byte order mark removed");
        }

        if (transform.HasFlag(TransformId.LineEnds))
        {
            parts.Add("CR LF and LF exchanged");
        }

        if (transform.HasFlag(TransformId.Quotes))
        {
            parts.Add("quotation marks for entities");
        }

        if ((transform & TransformId.LineWidth) != 0)
        {
            parts.Add($"lines of {(int)(transform & TransformId.LineWidth) >> WidthShift} joined");
        }

        return string.Join(", ", parts);
    }
}
