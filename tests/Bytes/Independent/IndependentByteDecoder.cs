using System.Numerics;

namespace NacrithOnnx.Tests.Bytes.Independent;

/// <summary>
/// A second decoder of byte regions, written from docs/byte-coder.md alone: it uses no types of the library, follows
/// the document's sections and names, and is slow.
/// </summary>
internal sealed class IndependentByteDecoder
{
    private readonly byte[] _history;
    private readonly IndependentTables _tables = new();
    private readonly IndependentHashes _hashes;
    private readonly IndependentMatch _short;
    private readonly IndependentMatch _long;
    private readonly IndependentMixer _mixer;
    private readonly byte[] _slots;
    private readonly int[] _slotOf = new int[16];
    private readonly int[] _cellOf = new int[16];
    private readonly uint[] _cells = new uint[16 * 256];
    private readonly IndependentDirect _direct;
    private readonly int[][] _knots = new int[2][];
    private readonly int _contexts;

    private IndependentByteDecoder(int length, int memoryBits, bool symbols)
    {
        _history = new byte[length];
        var g = BitOperations.Log2((uint)length) + 1;
        _slots = new byte[1 << Math.Min(Math.Max(g + 7, 12), memoryBits)];
        var matchBits = Math.Clamp(g, 8, Math.Min(20, memoryBits - 3));
        _contexts = 1 << Math.Clamp(g, 8, 10);
        _hashes = new(_history);
        _short = new(5, matchBits, _history, _tables);
        _long = new(8, matchBits, _history, _tables);
        _direct = new(Math.Clamp(g + 3, 12, 18), _tables);
        _mixer = new(symbols);
        for (var i = 0; i < _cells.Length; i++)
        {
            _cells[i] = (uint)_tables.First[i % 256] << 16;
        }

        for (var refiner = 0; refiner < 2; refiner++)
        {
            _knots[refiner] = [.. Enumerable.Range(0, _contexts * 25).Select(i => _tables.Squash((256 * (i % 25)) - 3072))];
        }
    }

    /// <summary>Decodes a payload of section 1.</summary>
    public static byte[] Decode(byte[] payload, int length, int memoryBits)
    {
        var decoder = new IndependentByteDecoder(length, memoryBits, (payload[0] & 2) != 0);
        decoder.Run(payload);
        if ((payload[0] & 1) != 0)
        {
            decoder.UndoBranches();
        }

        return decoder._history;
    }

    private void Run(byte[] payload)
    {
        var at = 1;
        uint Next() => at++ < payload.Length ? payload[at - 1] : 0u;
        uint low = 0;
        var high = uint.MaxValue;
        var code = (Next() << 24) | (Next() << 16) | (Next() << 8) | Next();
        for (var m = 0; m < _history.Length; m++)
        {
            _short.Begin(m);
            _long.Begin(m);
            _hashes.Begin(m, _long.Expected != 0 ? _long : _short);
            FindSlots();
            var partial = 1;
            for (var left = 8; left >= 1; left--)
            {
                var p = Predict(partial, left);
                var split = low + (uint)(((ulong)(high - low) * (uint)p) >> 16);
                var bit = code <= split ? 1 : 0;
                (low, high) = bit == 1 ? (low, split) : (split + 1, high);
                for (; low >> 24 == high >> 24; low <<= 8, high = (high << 8) | 0xFF)
                {
                    code = (code << 8) | Next();
                }

                Learn(partial, left, bit);
                partial = (2 * partial) + bit;
                if (left == 5)
                {
                    _hashes.Halve(partial);
                    FindSlots();
                }
            }

            _history[m] = (byte)partial;
        }
    }

    private int _known;
    private int _t;
    private readonly int[] _knotAt = new int[2];

    private static int Node(int partial, int left) => left > 4 ? partial : (partial & (15 >> left)) | (16 >> left);

    private int Predict(int partial, int left)
    {
        var inputs = _mixer.Inputs;
        _known = 0;
        for (var i = 0; i < 16; i++)
        {
            int state = _slots[_slotOf[i] + Node(partial, left)];
            _cellOf[i] = (256 * i) + state;
            var q = (int)(_cells[_cellOf[i]] >> 20);
            inputs[2 * i] = state == 0 ? 0 : _tables.Stretch(q);
            inputs[(2 * i) + 1] = state == 0 ? 0 : (q - 2048) >> 1;
            _known += i < 5 && state != 0 ? 1 : 0;
        }

        _short.Predict(inputs, 32, partial, left);
        _long.Predict(inputs, 34, partial, left);
        _direct.Predict(inputs, _hashes.Last4, partial, Node(partial, left));
        inputs[39] = 256;
        var c1 = _hashes.Last4 & 0xFF;
        int[] contexts = [partial, (int)c1, (8 * Math.Max(_short.Class, _long.Class)) + left - 1, (16 * _known) + Math.Min(_hashes.Column, 15), 0];
        _t = _mixer.Mix(contexts, _tables);
        var pi = _tables.Squash(_t);
        var r1 = Refine(0, c1, partial);
        var r2 = Refine(1, _hashes.Last4 & 0xFFFF, partial);
        return Math.Clamp(((2 * pi) + r1 + r2 + 2) >> 2, 1, 65535);
    }

    private int Refine(int refiner, uint a, int partial)
    {
        var h = ((a + 1) * 0x9E3779B1) ^ ((uint)partial * 0x85EBCA6B);
        var x = _t + 3072;
        var knot = (25 * (int)((h ^ (h >> 16)) % (uint)_contexts)) + (x >> 8);
        var phi = x & 255;
        _knotAt[refiner] = knot + (phi >> 7);
        return ((_knots[refiner][knot] * (256 - phi)) + (_knots[refiner][knot + 1] * phi)) >> 8;
    }

    private void Learn(int partial, int left, int bit)
    {
        _mixer.Learn(bit);
        for (var refiner = 0; refiner < 2; refiner++)
        {
            ref var knot = ref _knots[refiner][_knotAt[refiner]];
            knot += (bit == 1 ? 65535 - knot + 63 : -knot) >> 6;
        }

        _short.Learn(bit);
        _long.Learn(bit);
        _direct.Learn(bit);
        for (var i = 0; i < 16; i++)
        {
            IndependentTables.Learn(ref _cells[_cellOf[i]], bit, 255);
            ref var state = ref _slots[_slotOf[i] + Node(partial, left)];
            state = _tables.Next[state, bit];
        }
    }

    private void FindSlots()
    {
        for (var i = 0; i < 16; i++)
        {
            var hash = _hashes.Values[i];
            var first = (int)(hash % (uint)(_slots.Length / 16));
            int[] three = [first, first ^ 1, first ^ 2];
            var check = (byte)(hash >> 24);
            var found = Array.FindIndex(three, slot => _slots[16 * slot] == check);
            if (found < 0)
            {
                found = Array.IndexOf(three, three.MinBy(slot => _slots[(16 * slot) + 1]));
                _slots.AsSpan(16 * three[found], 16).Clear();
                _slots[16 * three[found]] = check;
            }

            _slotOf[i] = 16 * three[found];
        }
    }

    private void UndoBranches()
    {
        for (var i = 0; i <= _history.Length - 5; i++)
        {
            if (_history[i] is 0xE8 or 0xE9 && _history[i + 4] is 0 or 0xFF)
            {
                var number = BitConverter.ToInt32(_history, i + 1) - (i + 5);
                BitConverter.GetBytes((number << 7) >> 7).CopyTo(_history, i + 1);
            }
        }
    }
}
