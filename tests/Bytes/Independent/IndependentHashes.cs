using System.Numerics;

namespace NacrithOnnx.Tests.Bytes.Independent;

/// <summary>Section 5 of docs/byte-coder.md.</summary>
internal sealed class IndependentHashes(byte[] history)
{
    private const uint A = 0x9E3779B1;
    private const uint B = 0x85EBCA6B;
    private readonly ushort[] _followers = new ushort[65536];
    private readonly int[,] _seen = new int[256, 4];
    private readonly int[] _distances = new int[2];
    private readonly int[] _votes = new int[2];
    private int _record = 4;
    private ulong _last8;
    private uint _word;
    private uint _previousWord;
    private int _line;
    private int _previousLine;
    private uint _begun;
    private uint _missing;

    public uint[] Values { get; } = new uint[16];

    public uint Last4 => (uint)_last8;

    public int Column { get; private set; }

    public void Begin(int m, IndependentMatch match)
    {
        if (m > 0)
        {
            Learn(history[m - 1], m);
        }

        uint At(int back) => back <= m ? history[m - back] : 0u;
        var c1 = Last4 & 0xFF;
        var r = (uint)_record;
        Column = m % _record;
        var lineColumn = m - _line;
        var above = _previousLine + lineColumn < _line ? history[_previousLine + lineColumn] : 0u;
        uint[] values =
        [
            Hash(1, c1), Hash(2, Last4 & 0xFFFF), Hash(3, Last4 & 0xFFFFFF), Hash(4, Last4),
            Hash(6, Last4, (uint)(_last8 >> 32) & 0xFFFF), Hash(8, _word, c1), Hash(9, _word, _previousWord),
            Hash(10, (uint)match.Expected | ((uint)match.Class << 9), c1),
            Hash(11, Last4 & 0x00FFFF00), Hash(12, Last4 & 0xFF00FF00), Hash(13, Last4 & 0xF0F0F0FF),
            Hash(15, At(_record) | ((uint)Column << 8), r), Hash(23, c1, (uint)m & 3),
            Hash(16, above | (c1 << 8), (uint)Math.Min(lineColumn, 255)),
            Hash(18, Last4 & 0xFFFF, _followers[Last4 & 0xFFFF]), Hash(19, _begun + (_missing << 30)),
        ];
        values.CopyTo(Values, 0);
    }

    public void Halve(int partial)
    {
        for (var i = 0; i < 16; i++)
        {
            Values[i] = Finish(Values[i] + ((uint)partial * B));
        }
    }

    private void Learn(byte v, int m)
    {
        ref var follower = ref _followers[Last4 & 0xFFFF];
        follower = (ushort)((follower << 8) | v);
        _last8 = (_last8 << 8) | v;
        FindRecords(v, m);
        (_begun, _missing) = v switch
        {
            >= 0xC0 and < 0xF8 => (v, v >= 0xF0 ? 3u : v >= 0xE0 ? 2u : 1u),
            >= 0x80 and < 0xC0 when _missing > 1 => ((_begun << 8) | v, _missing - 1),
            _ => (0u, 0u),
        };
        if (v == 0x0A)
        {
            (_previousLine, _line) = (_line, m);
        }

        if (v is (>= 0x30 and <= 0x39) or (>= 0x41 and <= 0x5A) or (>= 0x61 and <= 0x7A) or >= 0x80)
        {
            _word = (_word + v + 1) * A;
        }
        else if (_word != 0)
        {
            (_previousWord, _word) = (_word, 0);
        }
    }

    private void FindRecords(byte v, int m)
    {
        var (s0, s1, s2, s3) = (_seen[v, 0], _seen[v, 1], _seen[v, 2], _seen[v, 3]);
        var d = m - s0;
        if (d is > 1 and < 4096 && s0 - s1 == d && s1 - s2 == d && s2 - s3 == d)
        {
            var candidate = Array.IndexOf(_distances, d);
            if (candidate < 0)
            {
                candidate = _votes[0] < _votes[1] ? 0 : 1;
                _distances[candidate] = d;
                _votes[candidate] = 0;
            }

            if (++_votes[candidate] > 4)
            {
                _record = d;
                Array.Clear(_votes);
            }
        }

        (_seen[v, 0], _seen[v, 1], _seen[v, 2], _seen[v, 3]) = (m, s0, s1, s2);
    }

    private static uint Hash(uint k, uint a, uint b = 0) => Finish((a * A) + BitOperations.RotateLeft(b * B, 13) + (k * 0xC2B2AE35));

    private static uint Finish(uint h)
    {
        h ^= h >> 15;
        h *= B;
        h ^= h >> 13;
        h *= A;
        return h ^ (h >> 16);
    }
}
