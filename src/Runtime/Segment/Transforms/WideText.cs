namespace NacrithOnnx.Runtime.Segment;

/// <summary>Counts over the units of UTF-16 or UTF-32 that tell text from other numbers.</summary>
internal ref struct WideText
{
    private int _units;
    private int _ascii;
    private int _letters;
    private int _signs;

    /// <summary>Units that are printable ASCII or white space.</summary>
    public readonly int Ascii => _ascii;

    /// <summary>
    /// Whether three quarters are ASCII, so that the zeros stand on one side, or nearly all are of scripts in daily use and
    /// one in fifty is a blank, a comma or a full stop: numbers do not have both, nor does any other encoding of text.
    /// </summary>
    public readonly bool IsText =>
        _units > 0 && (_ascii * 4L >= _units * 3L || (IsPlausible && _signs * 50L >= _units));

    /// <summary>Whether nearly all are of scripts in daily use.</summary>
    public readonly bool IsPlausible => _letters * 100L >= _units * 95L;

    /// <summary>Whether all are.</summary>
    public readonly bool IsAllDaily => _letters == _units;

    /// <summary>Takes note of a unit.</summary>
    public void Add(uint unit)
    {
        var ascii = unit is (>= ' ' and <= '~') or '\n' or '\r' or '\t';
        _units++;
        _ascii += ascii ? 1 : 0;
        _letters += ascii || IsDaily(unit) ? 1 : 0;
        _signs += unit is ' ' or '\n' or ',' or '.' or 0x060C or 0x3001 or 0x3002 or 0xFF0C ? 1 : 0;
    }

    /// <summary>Latin to Thai, punctuation, kana, Han, Hangul, full-width forms, and emoji, in UTF-16 as pairs.</summary>
    private static bool IsDaily(uint unit) => unit is
        (>= 0xA0 and < 0x700) or (>= 0x900 and < 0x1000) or (>= 0x1E00 and < 0x2000) or (>= 0x2010 and < 0x2123)
        or (>= 0x3000 and < 0x3100) or (>= 0x4E00 and < 0xA000) or (>= 0xAC00 and < 0xD7A4) or 0xFEFF
        or (>= 0xFF00 and < 0xFFF0) or (>= 0xD83C and < 0xD83F) or (>= 0xDC00 and < 0xE000) or (>= 0x1F300 and < 0x1FB00);
}
