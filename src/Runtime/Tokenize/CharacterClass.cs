namespace NacrithOnnx.Runtime.Tokenize;

/// <summary>Classes of characters that the splitting rules distinguish.</summary>
internal enum CharacterClass : byte
{
    /// <summary>Everything else: punctuation, marks, symbols, controls, and each byte that is not UTF-8.</summary>
    Other = 0,

    /// <summary>General category L*.</summary>
    Letter = 1,

    /// <summary>General category N*.</summary>
    Number = 2,

    /// <summary>Property White_Space.</summary>
    Space = 3,
}
