namespace NacrithOnnx.Runtime.Tokenize;

/// <summary>All that defines a tokenizer. Ids are in three groups, in this order: special tokens, tokens of one byte,
/// and tokens made by merging two earlier ones, in the order of priority of the merges.</summary>
/// <param name="SpecialTokens">Number of special tokens; ordinary text never gives one.</param>
/// <param name="StartToken">Special token that stands before every text.</param>
/// <param name="EscapeToken">Special token that announces a byte without a token.</param>
/// <param name="ByteTokens">Byte value of each token of one byte, in the order of ids.</param>
/// <param name="Merges">For each merge, in order, left id × 65,536 + right id.</param>
internal sealed record TokenizerDefinition(
    int SpecialTokens,
    int StartToken,
    int EscapeToken,
    ReadOnlyMemory<byte> ByteTokens,
    ReadOnlyMemory<uint> Merges)
{
    /// <summary>Ids fit 16 bits, so a pair of them fits 32 and the tables stay in the processor's cache.</summary>
    public const int MaxVocabularySize = 1 << 16;

    /// <summary>Bits of an id.</summary>
    private const int IdBits = 16;

    /// <summary>Id of the first token made by a merge.</summary>
    public int FirstMergedToken => SpecialTokens + ByteTokens.Length;

    /// <summary>Number of tokens of all three groups.</summary>
    public int VocabularySize => FirstMergedToken + Merges.Length;

    /// <summary>Left and right id of a merge in one number.</summary>
    public static uint Pair(int left, int right) => ((uint)left << IdBits) | (uint)right;

    /// <summary>Left id of a merge.</summary>
    public static ushort Left(uint pair) => (ushort)(pair >> IdBits);

    /// <summary>Right id of a merge.</summary>
    public static ushort Right(uint pair) => (ushort)pair;
}
