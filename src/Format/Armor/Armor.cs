using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace NacrithOnnx.Format;

/// <summary>
/// Archives and messages as text for mail, chat and QR codes: Base64url (RFC 4648, section 5) without padding.
/// </summary>
/// <remarks>
/// A message is one line. An archive is lines of 76 digits between two marker lines. These contain blanks, so no line
/// of digits equals one of them:
/// <code>
/// -----BEGIN NACRITH ARCHIVE-----
/// iU5DWABhIHRleHQ…
/// -----END NACRITH ARCHIVE-----
/// </code>
/// Readers ignore white space between digits, so rewrapped text is still readable, and accept concatenated archives.
/// </remarks>
public static class Armor
{
    /// <summary>Digits in a full line: what mail allows, as in MIME.</summary>
    public const int LineLength = 76;

    /// <summary>
    /// Most bytes needed to recognise text: the first line, after a byte order mark or some white space.
    /// </summary>
    private const int RecognitionLength = 64;

    /// <summary>What an archive begins with, without the line end.</summary>
    public static ReadOnlySpan<byte> FirstLine => "-----BEGIN NACRITH ARCHIVE-----"u8;

    /// <summary>What an archive ends with, without the line end.</summary>
    public static ReadOnlySpan<byte> LastLine => "-----END NACRITH ARCHIVE-----"u8;

    /// <summary>The text form of a message, without a line end.</summary>
    public static string EncodeMessage(ReadOnlySpan<byte> message) => Base64Url.EncodeToString(message);

    /// <summary>Turns the text form of a message back into the message.</summary>
    /// <param name="text">ASCII. White space and a leading byte order mark are ignored.</param>
    /// <exception cref="CorruptArchiveException">A character is not a digit, or digits are missing.</exception>
    public static byte[] DecodeMessage(ReadOnlySpan<byte> text)
    {
        text = text.StartsWith(ArmorText.ByteOrderMark) ? text[ArmorText.ByteOrderMark.Length..] : text;
        var digits = new byte[text.Length];
        var count = 0;
        var line = 1;
        foreach (var letter in text)
        {
            line += letter == (byte)'\n' ? 1 : 0;
            if (!ArmorText.IsBlank(letter))
            {
                ArmorText.CheckDigit(letter, line);
                digits[count++] = letter;
            }
        }

        var message = new byte[Base64Url.GetMaxDecodedLength(count)];
        var status = Base64Url.DecodeFromUtf8(digits.AsSpan(0, count), message, out _, out var written);
        return status == OperationStatus.Done
            ? message[..written]
            : throw new CorruptArchiveException("The text of the message has the wrong number of digits.");
    }

    /// <summary>Turns the text form of a message back into the message.</summary>
    /// <inheritdoc cref="DecodeMessage(ReadOnlySpan{byte})"/>
    public static byte[] DecodeMessage(string text) => DecodeMessage(Encoding.UTF8.GetBytes(text));

    /// <summary>The text form of one archive or of several concatenated ones.</summary>
    public static string EncodeArchive(ReadOnlySpan<byte> archive)
    {
        using var text = new MemoryStream();
        using var writer = new ArmorWriteStream(text);
        writer.Write(archive);
        writer.Complete();
        return Encoding.ASCII.GetString(text.GetBuffer().AsSpan(0, (int)text.Length));
    }

    /// <summary>Turns the text form of archives back into the concatenated archives.</summary>
    /// <exception cref="NacrithException">The text is damaged or incomplete.</exception>
    public static byte[] DecodeArchive(ReadOnlySpan<byte> text)
    {
        var archive = new ArrayBufferWriter<byte>();
        var decoder = new ArmorDecoder();
        decoder.Decode(text, archive);
        decoder.Complete();
        return archive.WrittenSpan.ToArray();
    }

    /// <summary>Turns the text form of archives back into the concatenated archives.</summary>
    /// <inheritdoc cref="DecodeArchive(ReadOnlySpan{byte})"/>
    public static byte[] DecodeArchive(string text) => DecodeArchive(Encoding.UTF8.GetBytes(text));

    /// <summary>
    /// Opens archives in either form: the stream returned gives their bytes. Reads no more of a slow input than it
    /// needs to tell the forms apart.
    /// </summary>
    /// <param name="input">
    /// Read from where it stands. The caller disposes it; the result needs no disposal and is the same stream where the
    /// input is not text and can seek.
    /// </param>
    public static Stream Open(Stream input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var start = new byte[RecognitionLength];
        var filled = 0;
        bool isText;
        while (!TryRecognize(start.AsSpan(0, filled), out isText))
        {
            var read = input.Read(start, filled, start.Length - filled);
            if (read == 0)
            {
                break;
            }

            filled += read;
        }

        if (!isText && input.CanSeek)
        {
            input.Seek(-filled, SeekOrigin.Current);
            return input;
        }

        var whole = new PrefixedStream(start.AsMemory(0, filled), input);
        return isText ? new ArmorReadStream(whole) : whole;
    }

    /// <summary>Tells from its first bytes whether an input is the text form of an archive.</summary>
    /// <param name="start">The first bytes.</param>
    /// <param name="isText">The answer.</param>
    /// <returns>False where more bytes are needed, 64 in all at most.</returns>
    public static bool TryRecognize(ReadOnlySpan<byte> start, out bool isText)
    {
        var isCut = start.Length < RecognitionLength;
        start = start[..Math.Min(start.Length, RecognitionLength)];
        var mark = ArmorText.ByteOrderMark;
        if (isCut && start.Length < mark.Length && mark.StartsWith(start))
        {
            isText = false;
            return false;
        }

        var line = (start.StartsWith(mark) ? start[mark.Length..] : start).TrimStart(ArmorText.Blanks);
        isText = line.StartsWith(FirstLine);
        return isText || !isCut || !FirstLine.StartsWith(line);
    }
}
