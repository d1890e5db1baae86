using System.Buffers;
using System.Text;

namespace NacrithOnnx.Runtime.Segment;

/// <summary>Reads a block as text and estimates how many tokens a byte-pair tokenizer would make of it.</summary>
/// <remarks>
/// Rules of thumb for a GPT-2 style split: every digit is a token, a word is one token up to eight letters and one more
/// for each four beyond, a capital inside a word starts a new piece, a run of one repeated sign is one token or a
/// few, and a character outside ASCII is one. On alice29.txt this gives 3.5 bytes per token, on base64 1.9, on a table of numbers 1.2.
/// </remarks>
internal ref struct TextScanner(ReadOnlySpan<byte> block)
{
    private const int WordLength = 8;
    private const int PieceLength = 4;
    private const int ShortPiece = 4;

    private readonly ReadOnlySpan<byte> _block = block;
    private int _at;
    private int _letters;
    private int _run;
    private bool _lastLower;
    private bool _afterDigit;

    /// <summary>Scans on to the end of a window.</summary>
    /// <param name="end">First position after the window; a character may run over it and is then counted here.</param>
    /// <param name="window">Gets the counts.</param>
    public void Scan(int end, ref WindowStatistics window)
    {
        while (_at < end)
        {
            var value = _block[_at];
            var repeats = _at > 0 && _block[_at - 1] == value;
            if (value >= 0x80)
            {
                ScanSpecial(repeats, ref window);
                continue;
            }

            _at++;
            if (char.IsAsciiLetter((char)value))
            {
                ScanLetter(value, ref window);
                continue;
            }

            var digit = char.IsAsciiDigit((char)value);
            if (digit)
            {
                // Inside a string of letters a digit starts a piece as hard to guess as a letter does.
                window.Digits += _letters == 0 ? 1 : 0;
                window.Pieces += _letters == 0 ? 0 : 1;
            }
            else if (IsControl(value))
            {
                // A run of zeros is cheap to say, but every one is a token.
                window.Foreign += repeats ? 0 : 1;
                window.Words += repeats ? 1 : 0;
            }
            else if (repeats)
            {
                // A run of signs is a few tokens, and of some signs as many as there are of them.
                window.Words += ++_run % SignsPerToken(value) == 0 ? 1 : 0;
            }
            else
            {
                _run = 0;
                window.Words += value == ' ' ? 0 : 1;
            }

            _letters = 0;
            _afterDigit = digit;
        }
    }

    /// <summary>Control bytes that do not occur in text.</summary>
    public static bool IsControl(byte value) => value is < 0x20 and not ((byte)'\n' or (byte)'\r' or (byte)'\t' or 0x0C) or 0x7F;

    /// <summary>Signs that the tokenizer has in long runs, for rules, tables and indentation, and signs it has only alone.</summary>
    private static int SignsPerToken(byte value) => value switch
    {
        (byte)'-' or (byte)'=' or (byte)'#' or (byte)'*' or (byte)'_' or (byte)' ' => 32,
        (byte)',' or (byte)'.' or (byte)'~' or (byte)'+' or (byte)'/' or (byte)'\t' => 8,
        (byte)';' or (byte)'&' or (byte)'\r' or 0x0C => 1,
        _ => 2,
    };

    private void ScanLetter(byte value, ref WindowStatistics window)
    {
        var lower = value >= 'a';
        var starts = _letters == 0;
        var changes = starts ? _afterDigit : !lower && _lastLower;
        if (changes)
        {
            // Camel case has words between its capitals; strings of random letters do not.
            var hard = _letters < ShortPiece;
            window.Pieces += hard ? 1 : 0;
            window.Words += hard ? 0 : 1;
            _letters = 1;
        }
        else if (++_letters == 1 || (_letters > WordLength && _letters % PieceLength == 1))
        {
            window.Words++;
        }

        _lastLower = lower;
        _afterDigit = false;
    }

    private void ScanSpecial(bool repeats, ref WindowStatistics window)
    {
        var valid = Rune.DecodeFromUtf8(_block[_at..], out _, out var used) == OperationStatus.Done;
        if (valid)
        {
            window.Words++;
        }
        else
        {
            var between = (_at > 0 && char.IsAsciiLetter((char)_block[_at - 1]))
                || (_at + used < _block.Length && char.IsAsciiLetter((char)_block[_at + used]));
            window.Accents += between && used == 1 ? 1 : 0;
            window.Foreign += repeats ? 0 : used;
            window.Words += repeats ? used : 0;
        }

        _at += used;
        _letters = 0;
        _afterDigit = false;
    }
}
