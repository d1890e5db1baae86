namespace NacrithOnnx.Runtime.Tokenize;

/// <summary>Splits text into the words within which tokens are merged.</summary>
/// <remarks>
/// Each character of category N is its own word, and the text between two of them is split by the pattern of GPT-2
/// (Radford et al. 2019, "Language Models are Unsupervised Multitask Learners"):
/// <code>'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+</code>
/// Because the numbers are split off first, white space before a number ends its piece and is one word, and the branch
/// for \p{N} never sees a space.
/// </remarks>
internal static class WordSplitter
{
    /// <summary>The splitter looks no further ahead than this many bytes, as if the text ended there, so the memory for
    /// one word is bounded and positions in it fit in 16 bits. The longest word of alice29.txt has 56 bytes.
    /// </summary>
    public const int MaxWordLength = 1 << 16;

    /// <summary>Length in bytes of the first word.</summary>
    /// <param name="text">At least one byte; any bytes.</param>
    /// <returns>From 1 to <see cref="MaxWordLength"/>.</returns>
    public static int FirstWordLength(ReadOnlySpan<byte> text)
    {
        if (text.Length > MaxWordLength)
        {
            text = text[..MaxWordLength];
        }

        var first = CharacterClasses.First(text, out var length);
        switch (first)
        {
            case CharacterClass.Number:
                return length;
            case CharacterClass.Space:
                return SpaceLength(text, length);
            default:
                if (text[0] == '\'' && ContractionLength(text) is > 0 and var contraction)
                {
                    return contraction;
                }

                return length + CharacterClasses.RunLength(text[length..], first);
        }
    }

    private static int SpaceLength(ReadOnlySpan<byte> text, int firstLength)
    {
        if (text[0] == ' ' && text.Length > 1)
        {
            var next = CharacterClasses.First(text[1..], out _);
            if (next is CharacterClass.Letter or CharacterClass.Other)
            {
                return 1 + CharacterClasses.RunLength(text[1..], next);
            }
        }

        // \s+(?!\S) gives back the last character of the run when something other than the end of the piece follows;
        // a run of that one character alone is then taken by the last branch, \s+.
        var position = firstLength;
        var lastLength = 0;
        while (position < text.Length)
        {
            var next = CharacterClasses.First(text[position..], out var length);
            if (next != CharacterClass.Space)
            {
                return next == CharacterClass.Number ? position : position - lastLength;
            }

            position += length;
            lastLength = length;
        }

        return position;
    }

    /// <summary>Length of 's, 't, 're, 've, 'm, 'll or 'd at the start of a text that begins with an apostrophe, or 0.
    /// </summary>
    private static int ContractionLength(ReadOnlySpan<byte> text)
    {
        if (text.Length < 2)
        {
            return 0;
        }

        switch (text[1])
        {
            case (byte)'s' or (byte)'t' or (byte)'m' or (byte)'d':
                return 2;
            case (byte)'r' or (byte)'v' when text.Length > 2 && text[2] == 'e':
            case (byte)'l' when text.Length > 2 && text[2] == 'l':
                return 3;
            default:
                return 0;
        }
    }
}
