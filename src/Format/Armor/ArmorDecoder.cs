using System.Buffers;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;

namespace NacrithOnnx.Format;

/// <summary>Turns the text form of archives back into bytes, piece by piece.</summary>
/// <remarks>
/// White space between digits is ignored; line ends are white space. The marker lines contain blanks, so digits never
/// equal one.
/// </remarks>
internal sealed class ArmorDecoder
{
    /// <summary>Digits decoded at a time; a multiple of the four that make three bytes.</summary>
    private const int Capacity = 4096;

    private const int DigitsPerGroup = 4;

    private readonly byte[] _digits = new byte[Capacity];
    private State _state;
    private int _digitCount;
    private int _matched;
    private int _position;
    private int _line = 1;
    private bool _hasArchive;

    private enum State
    {
        /// <summary>Before the first line, or after a last one.</summary>
        Outside,

        /// <summary>In the first line.</summary>
        FirstLine,

        /// <summary>After the first line's last letter.</summary>
        AfterFirstLine,

        /// <summary>After a blank: digits or the last line follow.</summary>
        AfterBlank,

        /// <summary>In what equals the last line so far.</summary>
        LastLine,

        /// <summary>Among digits.</summary>
        Digits,
    }

    /// <summary>Takes the next piece of text.</summary>
    /// <exception cref="CorruptArchiveException">The text is not an armored archive.</exception>
    public void Decode(ReadOnlySpan<byte> text, IBufferWriter<byte> output)
    {
        foreach (var letter in text)
        {
            Take(letter, output);
            _line += letter == (byte)'\n' ? 1 : 0;
        }

        DecodeGroups(output);
    }

    /// <summary>Checks that the text was complete.</summary>
    /// <exception cref="TruncatedArchiveException">The text lacks its end.</exception>
    public void Complete()
    {
        if (_state != State.Outside || !_hasArchive)
        {
            throw new TruncatedArchiveException("The text ends before the last line of its archive.");
        }
    }

    private void Take(byte letter, IBufferWriter<byte> output)
    {
        var isBlank = ArmorText.IsBlank(letter);
        switch (_state)
        {
            case State.Outside:
                if (!isBlank && !IsByteOrderMark(letter))
                {
                    _matched = 0;
                    _state = State.FirstLine;
                    MatchFirstLine(letter);
                }

                break;
            case State.FirstLine:
                MatchFirstLine(letter);
                break;
            case State.AfterFirstLine:
                _state = isBlank ? State.AfterBlank : Refuse("has letters after the first line of an archive");
                break;
            case State.AfterBlank:
                if (!isBlank)
                {
                    _matched = 0;
                    _state = State.LastLine;
                    MatchLastLine(letter, output);
                }

                break;
            case State.LastLine:
                MatchLastLine(letter, output);
                break;
            case State.Digits:
                TakeDigit(letter, output);
                break;
        }
    }

    private bool IsByteOrderMark(byte letter) =>
        _position < ArmorText.ByteOrderMark.Length && letter == ArmorText.ByteOrderMark[_position++];

    private void MatchFirstLine(byte letter)
    {
        if (letter != Armor.FirstLine[_matched])
        {
            Refuse("has letters outside of an archive");
        }

        if (++_matched == Armor.FirstLine.Length)
        {
            _state = State.AfterFirstLine;
        }
    }

    private void MatchLastLine(byte letter, IBufferWriter<byte> output)
    {
        var lastLine = Armor.LastLine;
        if (letter == lastLine[_matched])
        {
            if (++_matched == lastLine.Length)
            {
                EndArchive(output);
            }

            return;
        }

        // Digits can equal the last line up to its first blank.
        if (_matched > lastLine.IndexOf((byte)' '))
        {
            Refuse("has a damaged last line");
        }

        foreach (var digit in lastLine[.._matched])
        {
            TakeDigit(digit, output);
        }

        TakeDigit(letter, output);
    }

    private void TakeDigit(byte letter, IBufferWriter<byte> output)
    {
        if (ArmorText.IsBlank(letter))
        {
            _state = State.AfterBlank;
            return;
        }

        ArmorText.CheckDigit(letter, _line);
        _state = State.Digits;
        _digits[_digitCount++] = letter;
        if (_digitCount == Capacity)
        {
            DecodeGroups(output);
        }
    }

    private void DecodeGroups(IBufferWriter<byte> output)
    {
        var whole = _digitCount - (_digitCount % DigitsPerGroup);
        var written = Base64Url.DecodeFromUtf8(_digits.AsSpan(0, whole), output.GetSpan(Capacity));
        output.Advance(written);
        _digits.AsSpan(whole, _digitCount - whole).CopyTo(_digits);
        _digitCount -= whole;
    }

    private void EndArchive(IBufferWriter<byte> output)
    {
        var status = Base64Url.DecodeFromUtf8(
            _digits.AsSpan(0, _digitCount), output.GetSpan(Capacity), out _, out var written);
        if (status != OperationStatus.Done)
        {
            Refuse("has the wrong number of digits before its end");
        }

        output.Advance(written);
        _digitCount = 0;
        _hasArchive = true;
        _state = State.Outside;
    }

    [DoesNotReturn]
    private State Refuse(string what) => throw new CorruptArchiveException($"The text {what} in line {_line}.");
}
