using System.Buffers;
using System.Globalization;
using System.Text;

namespace NacrithOnnx.Runtime.Segment;

/// <summary>A single-byte encoding, to UTF-8 and back without loss.</summary>
internal sealed class CodePage
{
    private const int Values = 256;
    private const int FirstSpecial = 0x80;

    private readonly char[] _characters = new char[Values];
    private readonly CharacterKind[] _kinds = new CharacterKind[Values];
    private readonly Dictionary<char, byte> _bytes = new(Values);

    /// <summary>Creates a page.</summary>
    /// <param name="id">Its transform.</param>
    /// <param name="characters">All 256 characters, or the upper 128 if the lower 128 are ASCII.</param>
    /// <param name="common">The most common letters in the languages that use it.</param>
    public CodePage(TransformId id, string characters, string common)
    {
        Id = id;
        IsAsciiBelow = characters.Length == FirstSpecial;
        for (var i = 0; i < Values; i++)
        {
            var c = !IsAsciiBelow ? characters[i] : i < FirstSpecial ? (char)i : characters[i - FirstSpecial];
            _characters[i] = c;
            _kinds[i] = KindOf(c, common);
            _bytes.Add(c, (byte)i);
        }
    }

    /// <summary>The transform.</summary>
    public TransformId Id { get; }

    /// <summary>Whether the lower half is ASCII; EBCDIC's is not.</summary>
    public bool IsAsciiBelow { get; }

    /// <summary>UTF-8 of any bytes.</summary>
    public byte[] ToUtf8(ReadOnlySpan<byte> region)
    {
        var text = new byte[region.Length * 3];
        var to = 0;
        foreach (var value in region)
        {
            to += new Rune(_characters[value]).EncodeToUtf8(text.AsSpan(to));
        }

        return text[..to];
    }

    /// <summary>The bytes of a text, or null if it is not UTF-8 of that many characters of the page.</summary>
    public byte[]? FromUtf8(ReadOnlySpan<byte> text, int length)
    {
        if (length > text.Length)
        {
            return null;
        }

        var bytes = new byte[length];
        var to = 0;
        while (!text.IsEmpty)
        {
            if (Rune.DecodeFromUtf8(text, out var rune, out var used) != OperationStatus.Done
                || to == length || !rune.IsBmp || !_bytes.TryGetValue((char)rune.Value, out bytes[to++]))
            {
                return null;
            }

            text = text[used..];
        }

        return to == length ? bytes : null;
    }

    /// <summary>How much a region looks like words in this page: about 2 per byte of a common letter.</summary>
    /// <param name="region">The region.</param>
    /// <param name="judged">Receives the number of bytes that count as evidence: those outside ASCII.</param>
    public int Score(ReadOnlySpan<byte> region, out int judged)
    {
        judged = 0;
        var score = 0;
        var before = CharacterKind.Other;
        foreach (var value in region)
        {
            var kind = _kinds[value];
            if (!IsAsciiBelow || value >= FirstSpecial)
            {
                judged++;
                score += Score(kind, before);
            }

            before = kind;
        }

        return score;
    }

    private static int Score(CharacterKind kind, CharacterKind before) => (kind & ~CharacterKind.Foreign) switch
    {
        // Letters of two scripts do not touch, capitals do not follow small letters, and Latin accents seldom meet.
        CharacterKind.Undefined => -8,
        CharacterKind.Symbol => -3,
        CharacterKind.Sign or CharacterKind.Other => 0,
        _ when (kind & CharacterKind.Foreign) != (before & CharacterKind.Foreign) && IsLetter(before) => -4,
        CharacterKind.Accent or CharacterKind.CommonAccent when before is CharacterKind.Accent or CharacterKind.CommonAccent => -3,
        CharacterKind.Capital => (before & ~CharacterKind.Foreign) is CharacterKind.Small or CharacterKind.Common
            or CharacterKind.Accent or CharacterKind.CommonAccent ? -4 : 1,
        CharacterKind.Common or CharacterKind.CommonAccent => 3,
        _ => 1,
    };

    private static bool IsLetter(CharacterKind kind) => (kind & ~CharacterKind.Foreign) is
        CharacterKind.Small or CharacterKind.Common or CharacterKind.Capital or CharacterKind.Accent or CharacterKind.CommonAccent;

    private static CharacterKind KindOf(char c, string common)
    {
        const char firstForeign = '\u0370';
        var foreign = c >= firstForeign ? CharacterKind.Foreign : 0;
        var isCommon = common.Contains(c, StringComparison.Ordinal);
        switch (char.GetUnicodeCategory(c))
        {
            case UnicodeCategory.LowercaseLetter or UnicodeCategory.OtherLetter when c > FirstSpecial && foreign == 0:
                return isCommon ? CharacterKind.CommonAccent : CharacterKind.Accent;
            case UnicodeCategory.LowercaseLetter or UnicodeCategory.OtherLetter or UnicodeCategory.NonSpacingMark:
                return foreign | (isCommon ? CharacterKind.Common : CharacterKind.Small);
            case UnicodeCategory.UppercaseLetter:
                return foreign | CharacterKind.Capital;
            case UnicodeCategory.Control or UnicodeCategory.PrivateUse when c is not ('\n' or '\r' or '\t'):
                return CharacterKind.Undefined;
            case UnicodeCategory.InitialQuotePunctuation or UnicodeCategory.FinalQuotePunctuation
                or UnicodeCategory.OpenPunctuation or UnicodeCategory.DashPunctuation:
                return CharacterKind.Sign;
            default:
                return c < FirstSpecial || c is '\u00A0' or '\u2026' or '\u2019' or '\u060C' or '\u2116'
                    ? CharacterKind.Other
                    : CharacterKind.Symbol;
        }
    }
}
