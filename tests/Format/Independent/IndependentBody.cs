using System.Text;

namespace NacrithOnnx.Tests.Format.Independent;

/// <summary>Reads the fields of a frame body, written from section 6 of docs/format.md alone.</summary>
internal sealed class IndependentBody
{
    private readonly byte[] _body;
    private readonly StringBuilder _regions = new();
    private int _at;

    private IndependentBody(byte[] body)
    {
        _body = body;
    }

    /// <summary>Whether there is a text region.</summary>
    public bool HasText { get; private set; }

    /// <summary>The fields as text.</summary>
    public string Fields { get; private set; } = "";

    /// <summary>Reads a body.</summary>
    /// <param name="tag">Its first byte.</param>
    /// <param name="rest">The other bytes.</param>
    /// <param name="length">Bytes of content.</param>
    /// <exception cref="InvalidDataException">A rule of the document is broken.</exception>
    public static IndependentBody Read(byte tag, byte[] rest, long length)
    {
        var body = new IndependentBody(rest);
        body.Read(tag, length);
        return body;
    }

    private void Read(byte tag, long length)
    {
        var kind = tag >> 6;
        Require(kind == 0 || length > 0, "coded empty content");
        Require((tag & 0x10) == 0 || kind == 1, "transform");
        Require((tag & 0x20) == 0 || kind is 1 or 3, "dictionary");
        var (tokens, primed, text, bytes) = (0L, 0L, 0L, 0L);
        switch (kind)
        {
            case 0:
                Require(_body.Length == length, "stored length");
                if (length > 0)
                {
                    Add(2, 0, length);
                }

                break;
            case 1:
                Add(0, (tag & 0x10) != 0 ? Number(1, 65_535) : 0, length);
                (tokens, primed) = Tokens(length);
                text = _body.Length - _at;
                break;
            case 2:
                Add(1, 0, length);
                bytes = _body.Length;
                break;
            default:
                (tokens, primed, text, bytes) = List(length);
                break;
        }

        Require((tag & 0x20) == 0 || HasText, "dictionary without text");
        Fields = $"kind={kind} tokens={tokens} primed={primed} text={text} bytes={bytes}{_regions}";
    }

    private (long Tokens, long Primed, long Text, long Bytes) List(long length)
    {
        var lengths = new long[3];
        for (var left = Number(2, 4096); left > 0; left--)
        {
            var kind = Number(0, 2);
            var transform = kind == 0 ? Number(0, 65_535) : 0;
            var original = Number(1, length - lengths.Sum());
            var transformed = transform == 0 ? 0 : Number(0, 3 * original);
            lengths[kind] += original;
            Add(kind, transform, original, transformed);
        }

        Require(lengths.Sum() == length, "sum of regions");
        var (tokens, primed, text, bytes) = (0L, 0L, 0L, 0L);
        if (lengths[0] > 0)
        {
            (tokens, primed) = Tokens(lengths[0]);
            text = Number(0, _body.Length);
        }

        if (lengths[1] > 0)
        {
            bytes = lengths[2] > 0 ? Number(0, _body.Length) : _body.Length - _at - text;
        }

        Require(bytes >= 0 && text + bytes + lengths[2] == _body.Length - _at, "sections");
        return (tokens, primed, text, bytes);
    }

    private (long Tokens, long Primed) Tokens(long textLength)
    {
        var tokens = Number(0, 3 * textLength);
        return (tokens, tokens >= 2048 ? Number(0, 1) : 0);
    }

    private void Add(long kind, long transform, long original, long transformed = 0)
    {
        HasText |= kind == 0;
        _regions.Append($" {kind}/{transform}/{original}/{transformed}");
    }

    private long Number(long min, long max)
    {
        long value = 0;
        for (var shift = 0; shift < 63; shift += 7)
        {
            Require(_at < _body.Length, "end of body");
            var next = _body[_at++];
            value |= (long)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                Require((next != 0 || shift == 0) && value >= min && value <= max, "number");
                return value;
            }
        }

        throw new InvalidDataException("number");
    }

    private static void Require(bool condition, string rule)
    {
        if (!condition)
        {
            throw new InvalidDataException(rule);
        }
    }
}
