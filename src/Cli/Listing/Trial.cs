namespace NacrithOnnx.Cli.Listing;

/// <summary>Sizes that a file would have.</summary>
/// <param name="Input">Its name.</param>
/// <param name="ContentBytes">Its length.</param>
/// <param name="Bytes">Length of its archive or message.</param>
/// <param name="BytesWithoutDictionary">The same without the dictionary; null if none is given.</param>
internal readonly record struct Trial(string Input, long ContentBytes, long Bytes, long? BytesWithoutDictionary);
