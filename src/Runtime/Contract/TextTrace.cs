namespace NacrithOnnx;

/// <summary>
/// The tokens of a text in order, what each cost, and what was predicted instead. Parallel arrays, because a frame has a
/// million tokens.
/// </summary>
internal sealed class TextTrace
{
    /// <summary>Most likely tokens recorded per position.</summary>
    public const int Guesses = 4;

    private int[] _ends = [];
    private float[] _bits = [];
    private int[] _guesses = [];
    private float[] _shares = [];

    /// <summary>Number of tokens.</summary>
    public int Count => _ends.Length;

    /// <summary>The text, after its transform.</summary>
    public ReadOnlyMemory<byte> Text { get; private set; }

    /// <summary>The bytes of each token that was guessed.</summary>
    public IReadOnlyDictionary<int, ReadOnlyMemory<byte>> Names { get; private set; } =
        new Dictionary<int, ReadOnlyMemory<byte>>();

    /// <summary>Bits that a token took.</summary>
    public float Bits(int index) => _bits[index];

    /// <summary>Bytes of the text that a token stands for; none for the first of two that stand for one byte.</summary>
    public ReadOnlyMemory<byte> TokenText(int index) => Text[(index == 0 ? 0 : _ends[index - 1]).._ends[index]];

    /// <summary>The most likely tokens at a position, the likeliest first.</summary>
    public ReadOnlySpan<int> GuessesAt(int index) => _guesses.AsSpan(index * Guesses, Guesses);

    /// <summary>Their probabilities.</summary>
    public ReadOnlySpan<float> SharesAt(int index) => _shares.AsSpan(index * Guesses, Guesses);

    /// <summary>Starts the record of a number of tokens.</summary>
    public void Begin(int count)
    {
        _ends = new int[count];
        _bits = new float[count];
        _guesses = new int[count * Guesses];
        _shares = new float[count * Guesses];
    }

    /// <summary>Records a token; each index once, in any order.</summary>
    public void Record(int index, float bits, ReadOnlySpan<int> guesses, ReadOnlySpan<float> shares)
    {
        _bits[index] = bits;
        guesses.CopyTo(_guesses.AsSpan(index * Guesses, Guesses));
        shares.CopyTo(_shares.AsSpan(index * Guesses, Guesses));
    }

    /// <summary>Adds what all tokens stand for.</summary>
    /// <param name="text">The text.</param>
    /// <param name="lengths">Bytes of the text that each token stands for.</param>
    /// <param name="bytes">The bytes of a token of the vocabulary.</param>
    public void Complete(ReadOnlyMemory<byte> text, ReadOnlySpan<int> lengths, Func<int, byte[]> bytes)
    {
        Text = text;
        var end = 0;
        for (var index = 0; index < lengths.Length; index++)
        {
            end += lengths[index];
            _ends[index] = end;
        }

        var names = new Dictionary<int, ReadOnlyMemory<byte>>();
        foreach (var token in _guesses)
        {
            if (!names.ContainsKey(token))
            {
                names.Add(token, bytes(token));
            }
        }

        Names = names;
    }
}
