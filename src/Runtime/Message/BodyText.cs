using System.Buffers;
using System.Text;
using NacrithOnnx.Runtime.Engine;
using NacrithOnnx.Runtime.Frame;
using NacrithOnnx.Runtime.Segment;

namespace NacrithOnnx.Runtime.Message;

/// <summary>Rules about text for both directions.</summary>
internal static class BodyText
{
    /// <summary>
    /// At most one byte in this many may be neither UTF-8 nor printable. Machine code and random bytes have one in
    /// three or more, and the model takes two tokens for many of them.
    /// </summary>
    private const int BytesPerForeign = 8;

    /// <summary>How an engine codes text with a profile.</summary>
    public static TextCodecKey Key(Profile profile) =>
        new(profile.Plan, profile.Window, profile.Predictor);

    /// <summary>Whether content may be text in any encoding, so that running the model is worthwhile.</summary>
    public static bool MayBe(ReadOnlySpan<byte> content)
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
