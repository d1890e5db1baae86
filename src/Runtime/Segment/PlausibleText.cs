using System.Buffers;
using System.Text;

namespace NacrithOnnx.Runtime.Segment;

/// <summary>Whether short content may be text in any encoding, so that running the model is worthwhile.</summary>
internal static class PlausibleText
{
    /// <summary>
    /// At most one byte in this many may be neither UTF-8 nor printable. Machine code and random bytes have one in
    /// three or more, and the model takes two tokens for many of them.
    /// </summary>
    private const int BytesPerForeign = 8;

    /// <summary>Whether content may be text.</summary>
    public static bool Is(ReadOnlySpan<byte> content)
    {
        if (TextTransform.Choose(content) != TransformId.None)
        {
            return true;
        }

        var foreign = 0;
        var rest = content;
        while (!rest.IsEmpty)
        {
            var isValid = Rune.DecodeFromUtf8(rest, out _, out var used) == OperationStatus.Done;
            foreign += isValid && !TextScanner.IsControl(rest[0]) ? 0 : used;
            rest = rest[used..];
        }

        return foreign * BytesPerForeign <= content.Length;
    }
}
