namespace NacrithOnnx.Runtime.Mix;

/// <summary>The rows of a <see cref="HiddenHead"/>: one per token seen, with its evidence.</summary>
internal sealed class HiddenRows(int vocabularySize, int width)
{
    /// <summary>Maximum number of tokens with a row; later tokens have none. 16,384 rows of 576 are 36 MiB.</summary>
    private const int MaximumRows = 1 << 14;

    /// <summary>Object, header of its array and reference of a row.</summary>
    private const int RowOverhead = 64;

    /// <summary>Number of each token's row, from 1 up; 0 for none.</summary>
    private readonly int[] _numbers = new int[vocabularySize];

    /// <summary>The rows, followed by spare rows of an earlier state.</summary>
    private readonly List<Row> _rows = [];
    private int _count;

    /// <summary>Maximum bytes of all rows.</summary>
    internal static long MaxLength(int width, int vocabularySize) =>
        width == 0 ? 0 : Math.Min(MaximumRows, vocabularySize) * ((long)sizeof(float) * width + RowOverhead);

    /// <summary>Whether a token has a row.</summary>
    internal bool Has(int token) => _numbers[token] > 0;

    /// <summary>The row of a token that has one.</summary>
    internal ReadOnlySpan<float> Of(int token) => _rows[_numbers[token] - 1].Values;

    /// <summary>Gives a token a row of zeros, unless it has one or there are too many.</summary>
    internal void Add(int token)
    {
        if (_numbers[token] > 0 || _count == MaximumRows)
        {
            return;
        }

        Grow(_count + 1);
        _rows[_count].Clear();
        _numbers[token] = ++_count;
    }

    /// <summary>Adds evidence for a token, and returns its row for update.</summary>
    internal Span<float> Change(int token, float evidence, out float known)
    {
        var row = _rows[_numbers[token] - 1];
        row.IsChanged = true;
        row.Evidence += evidence;
        known = row.Evidence;
        return row.Values;
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
        for (var i = 0; i < _count; i++)
        {
            if (!onlyChanges || _rows[i].IsChanged)
            {
                _rows[i].CopyFrom(origin._rows[i]);
            }
        }
    }

    /// <summary>Adds the rows to a hash.</summary>
    internal void AddTo(ref StateHash hash)
    {
        for (var i = 0; i < _count; i++)
        {
            hash.Add(_rows[i].Evidence);
            hash.Add(_rows[i].Values);
        }
    }

    /// <summary>Whether all values are finite.</summary>
    internal bool AreFinite() => _rows.Take(_count).All(row => Predictor.AreFinite(row.Values));

    private void Grow(int count)
    {
        while (_rows.Count < count)
        {
            _rows.Add(new Row(new float[width]));
        }
    }

    private sealed class Row(float[] values)
    {
        public float[] Values { get; } = values;

        public float Evidence { get; set; }

        /// <summary>Whether it differs from the state last reset to.</summary>
        public bool IsChanged { get; set; }

        public void Clear()
        {
            Array.Clear(Values);
            Evidence = 0f;
            IsChanged = true;
        }

        public void CopyFrom(Row source)
        {
            source.Values.CopyTo(Values.AsSpan());
            Evidence = source.Evidence;
            IsChanged = false;
        }
    }
}
