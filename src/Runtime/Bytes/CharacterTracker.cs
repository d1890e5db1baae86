namespace NacrithOnnx.Runtime.Bytes;

/// <summary>Follows the characters of UTF-8: which bytes of the present one have come.</summary>
/// <remarks>
/// A byte inside a character of three or four says little by the byte before it, and much by all of the character so far.
/// Other data passes as characters of one byte. Overlong forms and surrogates are not looked for: nothing depends on them.
/// </remarks>
internal sealed class CharacterTracker
{
    private const byte FirstContinuation = 0x80;
    private const byte FirstLead = 0xC0;
    private const byte FirstOfThree = 0xE0;
    private const byte FirstOfFour = 0xF0;
    private const byte AfterLeads = 0xF8;

    /// <summary>Place of the number of missing bytes, above the three that can have come.</summary>
    private const int MissingShift = 30;

    private uint _begun;
    private uint _missing;

    /// <summary>Bytes of the present character so far, the first on top, and how many it lacks; 0 between characters.</summary>
    public uint Place => _begun + (_missing << MissingShift);

    /// <summary>Takes the next byte.</summary>
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
