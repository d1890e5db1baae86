using System.Numerics;

namespace NacrithOnnx.Tests.Bytes.Independent;

/// <summary>Section 6 of docs/byte-coder.md.</summary>
internal sealed class IndependentMatch(int k, int tableBits, byte[] history, IndependentTables tables)
{
    private readonly int[] _table = new int[1 << tableBits];
    private readonly uint[] _cells = [.. Enumerable.Repeat(32768u << 16, 32)];
    private int _pointer;
    private int _length;
    private int _cell = -1;

    public int Expected { get; private set; }

    public int Class { get; private set; }

    public void Begin(int m)
    {
        if (_length > 0 && history[_pointer] == history[m - 1])
        {
            _length = Math.Min(_length + 1, 400);
            _pointer++;
        }
        else
        {
            _length = 0;
        }

        if (m >= 8)
        {
            ulong last8 = 0;
            for (var i = m - 8; i < m; i++)
            {
                last8 = (last8 << 8) | history[i];
            }

            var bucket = (int)(((last8 << (64 - (8 * k))) * 0x9E3779B97F4A7C15) >> (64 - tableBits));
            if (_length == 0)
            {
                _pointer = _table[bucket];
                while (_length < Math.Min(400, _pointer) && history[_pointer - 1 - _length] == history[m - 1 - _length])
                {
                    _length++;
                }

                _length = _length < k ? 0 : _length;
            }

            _table[bucket] = m;
        }

        var log = BitOperations.Log2((uint)_length);
        Class = _length <= 8 ? _length : Math.Min(8 + (2 * (log - 3)) + ((_length >> (log - 1)) & 1), 15);
        Expected = _length == 0 ? 0 : 256 | history[_pointer];
    }

    public void Predict(int[] inputs, int at, int partial, int left)
    {
        inputs[at] = 0;
        inputs[at + 1] = 0;
        _cell = -1;
        if (Expected >> left != partial)
        {
            Expected = 0;
            Class = 0;
            return;
        }

        _cell = (2 * Class) + ((Expected >> (left - 1)) & 1);
        var q = (int)(_cells[_cell] >> 20);
        inputs[at] = tables.Stretch(q);
        inputs[at + 1] = (q - 2048) >> 1;
    }

    public void Learn(int bit)
    {
        if (_cell >= 0)
        {
            IndependentTables.Learn(ref _cells[_cell], bit, 1023);
        }
    }
}
