using NacrithOnnx.Runtime.Kernels;

namespace NacrithOnnx.Runtime.Mix;

/// <summary>The rows of a <see cref="HiddenHead"/>: one per token seen, with its evidence.</summary>
/// <remarks>
/// Rows lie in chunks, so that the address of a row is known before any of its memory is read: a prediction reads 100 to 200
/// rows of up to 36 MiB, and waits for memory unless each is fetched ahead.
/// </remarks>
internal sealed class HiddenRows
{
    /// <summary>Maximum number of tokens with a row; later tokens have none. 16,384 rows of 576 are 36 MiB.</summary>
    private const int MaximumRows = 1 << 14;

    /// <summary>Rows of a chunk: more than 85,000 bytes of 576 channels, which the garbage collector does not move.</summary>
    private const int ChunkRows = 64;

    /// <summary>A row's evidence and mark, and its part of the header of a chunk.</summary>
    private const int RowOverhead = 8;

    private readonly int _width;

    /// <summary>Number of each token's row, from 1 up; 0 for none.</summary>
    private readonly int[] _numbers;

    /// <summary>The rows, followed by spare rows of an earlier state.</summary>
    private readonly List<float[]> _chunks = [];
    private readonly float[] _evidence;

    /// <summary>Whether a row differs from the state last reset to.</summary>
    private readonly bool[] _isChanged;
    private int _count;

    /// <param name="vocabularySize">Number of tokens.</param>
    /// <param name="width">Channels of a row.</param>
    internal HiddenRows(int vocabularySize, int width)
    {
        _width = width;
        _numbers = new int[vocabularySize];
        _evidence = new float[MaxCount(vocabularySize)];
        _isChanged = new bool[MaxCount(vocabularySize)];
    }

    /// <summary>Maximum bytes of all rows.</summary>
    internal static long MaxLength(int width, int vocabularySize) => width == 0
        ? 0
        : (MaxCount(vocabularySize) + ChunkRows - 1) / ChunkRows * ChunkRows * ((long)sizeof(float) * width + RowOverhead);

    /// <summary>Whether a token has a row.</summary>
    internal bool Has(int token) => _numbers[token] > 0;

    /// <summary>The row of a token that has one.</summary>
    internal ReadOnlySpan<float> Of(int token) => Row(_numbers[token] - 1);

    /// <summary>Fetches the row of a token that has one, without waiting.</summary>
    internal void Prefetch(int token) => CacheLine.Prefetch(Of(token));

    /// <summary>Gives a token a row of zeros, unless it has one or there are too many.</summary>
    internal void Add(int token)
    {
        if (_numbers[token] > 0 || _count == _evidence.Length)
        {
            return;
        }

        Grow(_count + 1);
        Row(_count).Clear();
        _evidence[_count] = 0f;
        _isChanged[_count] = true;
        _numbers[token] = ++_count;
    }

    /// <summary>Adds evidence for a token, and returns its row for update.</summary>
    internal Span<float> Change(int token, float evidence, out float known)
    {
        var row = _numbers[token] - 1;
        _isChanged[row] = true;
        _evidence[row] += evidence;
        known = _evidence[row];
        return Row(row);
    }

    /// <summary>Resets to the rows of another head, or to none.</summary>
    /// <param name="origin">The other rows, or null.</param>
    /// <param name="onlyChanges">Whether they are the rows of the last reset, and have not changed since.</param>
    internal void ResetTo(HiddenRows? origin, bool onlyChanges)
    {
        _count = origin?._count ?? 0;
        if (origin is null)
        {
            Array.Clear(_numbers);
            return;
        }

        origin._numbers.CopyTo(_numbers.AsSpan());
        Grow(_count);
        for (var row = 0; row < _count; row++)
        {
            if (!onlyChanges || _isChanged[row])
            {
                origin.Row(row).CopyTo(Row(row));
                _evidence[row] = origin._evidence[row];
                _isChanged[row] = false;
            }
        }
    }

    /// <summary>Adds the rows to a hash.</summary>
    internal void AddTo(ref StateHash hash)
    {
        for (var row = 0; row < _count; row++)
        {
            hash.Add(_evidence[row]);
            hash.Add(Row(row));
        }
    }

    /// <summary>Whether all values are finite.</summary>
    internal bool AreFinite() => Enumerable.Range(0, _count).All(row => Predictor.AreFinite(Row(row)));

    private static int MaxCount(int vocabularySize) => Math.Min(MaximumRows, vocabularySize);

    private Span<float> Row(int row) => _chunks[row / ChunkRows].AsSpan(row % ChunkRows * _width, _width);

    private void Grow(int count)
    {
        while (_chunks.Count * ChunkRows < count)
        {
            _chunks.Add(new float[ChunkRows * _width]);
        }
    }
}
