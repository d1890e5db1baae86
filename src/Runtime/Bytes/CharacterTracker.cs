namespace NacrithOnnx.Runtime.Bytes;

/// <summary>Tracks UTF-8 characters: the bytes of the current one so far.</summary>
/// <remarks>
/// Inside a character of three or four bytes, the previous byte alone predicts little, the character so far much. Other
/// data counts as characters of one byte. Overlong forms and surrogates are not checked: nothing depends on them.
/// </remarks>
internal sealed class CharacterTracker
{
    private const byte FirstContinuation = 0x80;
    private const byte FirstLead = 0xC0;
    private const byte FirstOfThree = 0xE0;
    private const byte FirstOfFour = 0xF0;
    private const byte AfterLeads = 0xF8;

    /// <summary>Position of the number of missing bytes, above the bits of the three bytes seen at most.</summary>
    private const int MissingShift = 30;

    private uint _begun;
    private uint _missing;

    /// <summary>
    /// Bytes of the current character so far, the first on top, and the number missing; 0 between characters.
    /// </summary>
    public uint Place => _begun + (_missing << MissingShift);

    /// <summary>Adds the next byte.</summary>
    public void Add(byte value)
    {
        if (value is >= FirstLead and < AfterLeads)
        {
            _begun = value;
            _missing = value >= FirstOfFour ? 3u : value >= FirstOfThree ? 2u : 1u;
        }
        else if (value is >= FirstContinuation and < FirstLead && _missing > 1)
        {
            _begun = (_begun << 8) | value;
            _missing--;
        }
        else
        {
            _begun = 0;
            _missing = 0;
        }
    }
}
