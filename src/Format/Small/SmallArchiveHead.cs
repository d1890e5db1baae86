using System.Diagnostics.CodeAnalysis;

namespace NacrithOnnx.Format;

/// <summary>What a small archive says before the rest of its body.</summary>
/// <remarks>
/// <code>89 4E 43 58  tag:u8  [model:4]  [dictionary:4]  contentLength:varint  [bodyLength:varint]</code>
/// Kinds text and regions name the model, the tag's bit 5 a dictionary. Stored content needs no length of its body.
/// </remarks>
internal sealed class SmallArchiveHead
{
    /// <summary>Most bytes of content, the length of a frame in the large form.</summary>
    public const int MaxContentLength = 1 << 22;

    /// <summary>Most bytes of a body after its tag: stored content, and room for what coders add.</summary>
    public const int MaxRestLength = MaxContentLength + (1 << 16);

    /// <summary>Most bytes of a head.</summary>
    public const int MaxLength = ArchiveForms.DecisiveLength + (2 * HashPrefix.Length) + (2 * MaxNumberLength);

    /// <summary>Bytes of the longest number: 28 bits, more than either length has.</summary>
    private const int MaxNumberLength = 4;

    private SmallArchiveHead(BodyTag tag, HashPrefix? model, HashPrefix? dictionary, long offset)
    {
        Tag = tag;
        Model = model;
        Dictionary = dictionary;
        Offset = offset;
    }

    /// <summary>The first byte of the body.</summary>
    public BodyTag Tag { get; }

    /// <summary>The first bytes of the model's id, where the kind of the body names one.</summary>
    public HashPrefix? Model { get; }

    /// <summary>The first bytes of the dictionary's SHA-256, where one was used.</summary>
    public HashPrefix? Dictionary { get; }

    /// <summary>Where the archive begins in the input, for error messages.</summary>
    public long Offset { get; }

    /// <summary>Bytes of the content.</summary>
    public int ContentLength { get; private init; }

    /// <summary>Bytes of the body after its tag.</summary>
    public int RestLength { get; private init; }

    /// <summary>Bytes of this head.</summary>
    public int Length { get; private init; }

    /// <summary>Bytes of the whole archive.</summary>
    public int ArchiveLength => Length + RestLength + FormatConstants.ChecksumLength;

    /// <summary>The same as the header of a large archive would say it.</summary>
    public ArchiveHeader ToHeader() => new()
    {
        IsSmall = true,
        Model = Model,
        Dictionary = Dictionary,
        Profile = Tag.Profile,
        OriginalLength = ContentLength,
    };

    /// <summary>Reads a head from the first bytes of an archive, and fails at the first byte that is wrong.</summary>
    /// <param name="start">What has been read of the archive.</param>
    /// <param name="offset">Where the archive begins.</param>
    /// <param name="head">The head.</param>
    /// <returns>False where more bytes are needed, <see cref="MaxLength"/> in all at most.</returns>
    /// <exception cref="NacrithException">This is not a small archive, or its head breaks a rule.</exception>
    public static bool TryRead(ReadOnlySpan<byte> start, long offset, [NotNullWhen(true)] out SmallArchiveHead? head)
    {
        head = null;
        switch (ArchiveForms.Of(start))
        {
            case ArchiveForm.Undecided:
                return false;
            case ArchiveForm.Foreign or ArchiveForm.Large:
                throw new NotAnArchiveException($"There is no small archive at byte {offset}.");
        }

        var tag = BodyTag.Read(start[ArchiveForms.CommonMagicLength], BodyContext.ForSmallArchive(0, offset));
        var at = ArchiveForms.DecisiveLength;
        if (!TryReadPrefix(start, tag.NamesModel, ref at, out var model)
            || !TryReadPrefix(start, tag.HasDictionary, ref at, out var dictionary)
            || !TryReadLength(start, MaxContentLength, "content", offset, ref at, out var contentLength))
        {
            return false;
        }

        var restLength = contentLength;
        if (tag.Kind != BodyKind.Stored && !TryReadLength(start, MaxRestLength, "body", offset, ref at, out restLength))
        {
            return false;
        }

        head = new(tag, model, dictionary, offset)
        {
            ContentLength = contentLength,
            RestLength = restLength,
            Length = at,
        };
        return true;
    }

    private static bool TryReadPrefix(ReadOnlySpan<byte> start, bool isThere, ref int at, out HashPrefix? prefix)
    {
        prefix = null;
        if (!isThere)
        {
            return true;
        }

        if (start.Length - at < HashPrefix.Length)
        {
            return false;
        }

        prefix = HashPrefix.FromBytes(start[at..]);
        at += HashPrefix.Length;
        return true;
    }

    private static bool TryReadLength(
        ReadOnlySpan<byte> start, int max, string what, long offset, ref int at, out int length)
    {
        length = 0;
        var digits = start[at..];
        digits = digits[..Math.Min(digits.Length, MaxNumberLength)];
        if (!VarInt.TryRead(digits, out var value, out var consumed))
        {
            var canGoOn = digits.Length < MaxNumberLength && !digits.EndsWith((byte)0);
            return canGoOn ? false : throw new CorruptArchiveException(
                $"The archive at byte {offset} has a malformed length of its {what}.");
        }

        if (value > max)
        {
            throw new CorruptArchiveException(
                $"The archive at byte {offset} has a {what} of {value} bytes; the format allows {max}.");
        }

        at += consumed;
        length = (int)value;
        return true;
    }
}
