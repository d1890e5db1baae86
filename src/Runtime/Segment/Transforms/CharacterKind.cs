namespace NacrithOnnx.Runtime.Segment;

/// <summary>Kind of a character, to decide whether a text makes sense: one of these, and <see cref="Foreign"/> for some letters.</summary>
internal enum CharacterKind
{
    /// <summary>Blanks, digits, punctuation.</summary>
    Other = 0,

    /// <summary>A lower-case letter, or a letter of a script without case.</summary>
    Small = 1,

    /// <summary>The same, and frequent.</summary>
    Common = 2,

    /// <summary>An upper-case letter.</summary>
    Capital = 3,

    /// <summary>A lower-case Latin letter outside ASCII.</summary>
    Accent = 4,

    /// <summary>The same, and frequent.</summary>
    CommonAccent = 5,

    /// <summary>A quotation mark, a bracket or a dash.</summary>
    Sign = 6,

    /// <summary>Any other visible character.</summary>
    Symbol = 7,

    /// <summary>A control character, or undefined.</summary>
    Undefined = 8,

    /// <summary>Added to a letter that is not Latin.</summary>
    Foreign = 16,
}
