namespace NacrithOnnx.Runtime.Segment;

/// <summary>What a character is to a reader who asks whether a text makes sense.</summary>
[Flags]
internal enum CharacterKind
{
    /// <summary>Blanks, digits, punctuation.</summary>
    Other = 0,

    /// <summary>A small letter, or one of a script without capitals.</summary>
    Small = 1,

    /// <summary>The same, and frequent.</summary>
    Common = 2,

    /// <summary>A capital.</summary>
    Capital = 3,

    /// <summary>A small Latin letter outside ASCII.</summary>
    Accent = 4,

    /// <summary>The same, and frequent.</summary>
    CommonAccent = 5,

    /// <summary>A quotation mark, a bracket or a dash.</summary>
    Sign = 6,

    /// <summary>Anything else that can be seen.</summary>
    Symbol = 7,

    /// <summary>A control character, or none.</summary>
    Undefined = 8,

    /// <summary>Added to a letter that is not Latin.</summary>
    Foreign = 16,
}
