using System.Text;

namespace NacrithOnnx.Runtime.Segment;

/// <summary>
/// Chooses, applies and reverses the changes that make a text region look like the text of the model's training.
/// </summary>
/// <remarks>
/// CR LF alone costs about 4 % on English prose: the model spends bits on every carriage return. Line feeds inside
/// sentences and entities in place of quotation marks cost bits too, and text in UTF-16 or Windows-1252 would be
/// spelled byte by byte. Capitals and words are unchanged: the model predicts plain text best.
/// </remarks>
internal static class TextTransform
{
    /// <summary>The bits that together identify an encoding.</summary>
    internal const TransformId Encodings = (TransformId)0xC7;

    private const TransformId Known =
        Encodings | TransformId.ByteOrderMark | TransformId.LineEnds | TransformId.LineWidth | TransformId.Quotes;

    /// <summary>Position of the lowest bit of <see cref="TransformId.LineWidth"/>.</summary>
    private const int WidthShift = 8;

    private static ReadOnlySpan<byte> Mark => [0xEF, 0xBB, 0xBF];

    /// <summary>Chooses the worthwhile changes. Those it returns have been verified to be reversible.</summary>
    /// <param name="region">A text region, any bytes.</param>
    public static TransformId Choose(ReadOnlySpan<byte> region)
    {
        var encoding = ChooseEncoding(region);
        var id = ChooseForUtf8(encoding == TransformId.None ? region : Decode(encoding, region)) | encoding;
        if (id == TransformId.None)
        {
            return id;
        }

        var undone = Invert(id, Apply(id, region), region.Length);
        return region.SequenceEqual(undone) ? id : TransformId.None;
    }

    /// <summary>Applies the changes.</summary>
    /// <param name="id">What <see cref="Choose"/> returned for this region.</param>
    /// <param name="region">The region.</param>
    /// <returns>The text for the language model.</returns>
    /// <exception cref="ArgumentException">The changes do not fit the region.</exception>
    public static byte[] Apply(TransformId id, ReadOnlySpan<byte> region)
    {
        var text = Decode(id & Encodings, region);
        if ((id & TransformId.ByteOrderMark) != 0)
        {
            if (!text.AsSpan().StartsWith(Mark))
            {
                throw new ArgumentException("The region does not begin with a byte order mark.", nameof(region));
            }

            text = text[Mark.Length..];
        }

        text = (id & TransformId.LineEnds) != 0 ? LineEnds.Swap(text, limit: int.MaxValue) : text;
        text = Width(id) > 0 ? LineWrap.Unwrap(text, Width(id)) : text;
        return (id & TransformId.Quotes) != 0 ? QuoteEntities.Swap(text, limit: int.MaxValue) : text;
    }

    /// <summary>Reverses the changes.</summary>
    /// <param name="id">The number in the archive.</param>
    /// <param name="text">The decoded text; any bytes.</param>
    /// <param name="originalLength">Length of the original region, the bound of every allocation.</param>
    /// <returns>The original region.</returns>
    /// <exception cref="UnsupportedVersionException">
    /// The number names a change that this reader does not know.
    /// </exception>
    /// <exception cref="CorruptArchiveException">The text cannot come from a region of that length.</exception>
    public static byte[] Invert(TransformId id, ReadOnlySpan<byte> text, int originalLength)
    {
        if ((id & ~Known) != 0)
        {
            throw new UnsupportedVersionException($"This version does not know text transform {(int)id}.");
        }

        var encoding = id & Encodings;
        if (encoding != TransformId.None && !IsWide(encoding) && CodePages.Find(encoding) is null)
        {
            throw new UnsupportedVersionException($"This version does not know text encoding {(int)encoding}.");
        }

        var plain = UndoWithinUtf8(id, text, MaxUtf8Length(originalLength));
        var original = encoding switch
        {
            TransformId.None => plain,
            TransformId.Utf16LittleEndian or TransformId.Utf16BigEndian =>
                Utf16.FromUtf8(plain, originalLength, encoding == TransformId.Utf16BigEndian),
            TransformId.Utf32LittleEndian or TransformId.Utf32BigEndian =>
                Utf32.FromUtf8(plain, originalLength, encoding == TransformId.Utf32BigEndian),
            _ => CodePages.Find(encoding)!.FromUtf8(plain, originalLength),
        };
        Check(original is not null && original.Length == originalLength);
        return original;
    }

    /// <summary>Undoes the changes of a text whose original length is not known.</summary>
    /// <param name="id">The number in the message.</param>
    /// <param name="text">The decoded text; any bytes.</param>
    /// <param name="maxLength">Most bytes of the original to accept.</param>
    /// <exception cref="UnsupportedVersionException">The number names a change this reader does not know.</exception>
    /// <exception cref="CorruptArchiveException">The text cannot come from the changes.</exception>
    /// <exception cref="LimitExceededException">The original is longer than accepted.</exception>
    internal static byte[] InvertUpTo(TransformId id, ReadOnlySpan<byte> text, int maxLength)
    {
        if ((id & ~Known) != 0)
        {
            return Invert(id, text, maxLength);
        }

        var length = EncodedLength(id & Encodings, UndoWithinUtf8(id, text, MaxUtf8Length(maxLength)));
        return length <= maxLength
            ? Invert(id, text, length)
            : throw new LimitExceededException($"The message holds more than the allowed {maxLength} bytes.");
    }

    /// <summary>Whether a region is text of two or four bytes a character.</summary>
    internal static bool IsWideText(ReadOnlySpan<byte> region) => ChooseWide(region) != TransformId.None;

    /// <summary>Undoes all changes but that of the encoding.</summary>
    private static byte[] UndoWithinUtf8(TransformId id, ReadOnlySpan<byte> text, int longest)
    {
        // Line ends may shrink by half after the quotes have grown.
        var plain = (id & TransformId.Quotes) != 0
            ? QuoteEntities.Swap(text, (int)Math.Min(2L * longest, int.MaxValue))
            : text.ToArray();
        plain = Width(id) > 0 ? LineWrap.Wrap(plain, Width(id)) : plain;
        plain = (id & TransformId.LineEnds) != 0 ? LineEnds.Swap(plain, longest) : plain;
        return (id & TransformId.ByteOrderMark) != 0 ? [.. Mark, .. plain] : plain;
    }

    /// <summary>Bytes that UTF-8 takes in an encoding; of malformed UTF-8, any number.</summary>
    private static int EncodedLength(TransformId encoding, ReadOnlySpan<byte> text) => encoding switch
    {
        TransformId.None => text.Length,
        TransformId.Utf16LittleEndian or TransformId.Utf16BigEndian => Encoding.UTF8.GetCharCount(text) * sizeof(char),
        TransformId.Utf32LittleEndian or TransformId.Utf32BigEndian => Characters(text) * sizeof(int),
        _ => Characters(text),
    };

    private static int Characters(ReadOnlySpan<byte> text)
    {
        var count = 0;
        foreach (var value in text)
        {
            count += (value & 0xC0) == 0x80 ? 0 : 1;
        }

        return count;
    }

    private static TransformId ChooseEncoding(ReadOnlySpan<byte> region)
    {
        var wide = ChooseWide(region);
        if (wide != TransformId.None)
        {
            return wide;
        }

        return LegacyText.Find(region) is { } page
            ? page.Id
            : Windows1252.Looks(region) ? TransformId.Windows1252 : TransformId.None;
    }

    private static TransformId ChooseWide(ReadOnlySpan<byte> region) =>
        Utf16.Looks(region, bigEndian: false) ? TransformId.Utf16LittleEndian
        : Utf16.Looks(region, bigEndian: true) ? TransformId.Utf16BigEndian
        : Utf32.Looks(region, bigEndian: false) ? TransformId.Utf32LittleEndian
        : Utf32.Looks(region, bigEndian: true) ? TransformId.Utf32BigEndian
        : TransformId.None;

    private static bool IsWide(TransformId encoding) => encoding is TransformId.Utf16LittleEndian
        or TransformId.Utf16BigEndian or TransformId.Utf32LittleEndian or TransformId.Utf32BigEndian;

    private static TransformId ChooseForUtf8(ReadOnlySpan<byte> text)
    {
        var id = (text.StartsWith(Mark) ? TransformId.ByteOrderMark : 0)
            | (LineEnds.SwapPays(text) ? TransformId.LineEnds : 0)
            | (QuoteEntities.SwapPays(text) ? TransformId.Quotes : 0);
        return id | (TransformId)(LineWrap.ChooseWidth(Apply(id & ~TransformId.Quotes, text)) << WidthShift);
    }

    private static int Width(TransformId id) => (int)(id & TransformId.LineWidth) >> WidthShift;

    private static byte[] Decode(TransformId encoding, ReadOnlySpan<byte> region) => encoding switch
    {
        TransformId.None => region.ToArray(),
        TransformId.Utf16LittleEndian => Utf16.ToUtf8(region, bigEndian: false),
        TransformId.Utf16BigEndian => Utf16.ToUtf8(region, bigEndian: true),
        TransformId.Utf32LittleEndian => Utf32.ToUtf8(region, bigEndian: false),
        TransformId.Utf32BigEndian => Utf32.ToUtf8(region, bigEndian: true),
        _ => CodePages.Find(encoding)?.ToUtf8(region) ?? throw new ArgumentException("No encoding.", nameof(encoding)),
    };

    /// <summary>No original byte becomes more than three bytes of UTF-8, and a mark adds three.</summary>
    private static int MaxUtf8Length(int originalLength) =>
        (int)Math.Min((3L * originalLength) + Mark.Length, int.MaxValue);

    private static void Check([System.Diagnostics.CodeAnalysis.DoesNotReturnIf(false)] bool valid)
    {
        if (!valid)
        {
            throw new CorruptArchiveException("A text region does not match the transform that its header names.");
        }
    }
}
