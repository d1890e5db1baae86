using System.Buffers;
using NacrithOnnx.Format;

namespace NacrithOnnx.Cli.Report;

/// <summary>
/// Tokens for the page's script, in four sequences of varints: 17 bytes a token of English. The content is in
/// them as bytes only, so nothing of it can be taken for markup.
/// </summary>
internal sealed class TokenColumns
{
    /// <summary>4 MB of English. A page of so many has 22 MB; Chromium opens it in 2 s with 64 MB of memory.</summary>
    public const int MaxTokens = 1_000_000;

    /// <summary>Units of a bit in <see cref="Bits"/>, and of a probability of one in <see cref="Guesses"/>.</summary>
    public const int BitUnits = 100;

    /// <inheritdoc cref="BitUnits"/>
    public const int ShareUnits = 1000;

    private readonly ArrayBufferWriter<byte> _names = new();
    private readonly ArrayBufferWriter<byte> _tokens = new();
    private readonly ArrayBufferWriter<byte> _bits = new();
    private readonly ArrayBufferWriter<byte> _guesses = new();
    private readonly Dictionary<ReadOnlyMemory<byte>, int> _indexes = new(BytesComparer.Instance);

    /// <summary>Number of tokens.</summary>
    public int Count { get; private set; }

    /// <summary>Byte strings in the order of their numbers, each after its length.</summary>
    public ReadOnlySpan<byte> Names => _names.WrittenSpan;

    /// <summary>Number of each token's bytes.</summary>
    public ReadOnlySpan<byte> Tokens => _tokens.WrittenSpan;

    /// <summary>What each token took.</summary>
    public ReadOnlySpan<byte> Bits => _bits.WrittenSpan;

    /// <summary>What was predicted at each token: how many guesses follow, then the bytes and the probability of each.</summary>
    public ReadOnlySpan<byte> Guesses => _guesses.WrittenSpan;

    /// <summary>Adds a token, unless there are too many.</summary>
    /// <returns>Whether it was added.</returns>
    public bool TryAdd(TextTrace trace, int index)
    {
        if (Count == MaxTokens)
        {
            return false;
        }

        Count++;
        VarInt.Write(_tokens, Index(trace.TokenText(index)));
        VarInt.Write(_bits, (long)Math.Round(Math.Max(trace.Bits(index), 0) * BitUnits));
        var shares = trace.SharesAt(index);
        var guesses = 0;
        while (guesses < shares.Length && Units(shares[guesses]) > 0)
        {
            guesses++;
        }

        VarInt.Write(_guesses, guesses);
        for (var i = 0; i < guesses; i++)
        {
            VarInt.Write(_guesses, Index(trace.Names[trace.GuessesAt(index)[i]]));
            VarInt.Write(_guesses, Units(shares[i]));
        }

        return true;
    }

    private static int Units(float share) => (int)Math.Round(share * ShareUnits);

    private int Index(ReadOnlyMemory<byte> bytes)
    {
        if (!_indexes.TryGetValue(bytes, out var index))
        {
            index = _indexes.Count;
            _indexes.Add(bytes.ToArray(), index);
            VarInt.Write(_names, bytes.Length);
            _names.Write(bytes.Span);
        }

        return index;
    }
}
