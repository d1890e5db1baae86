using System.Numerics;

namespace NacrithOnnx.Tests.Bytes.Independent;

/// <summary>Section 7 of docs/byte-coder.md.</summary>
internal sealed class IndependentDirect(int pairBits, IndependentTables tables)
{
    private static readonly int[] Limits = [1023, 1023, 255];

    private readonly uint[][] _cells =
        [New(256), New(65536), New(1 << pairBits)];

    private readonly int[] _at = new int[3];

    public void Predict(int[] inputs, uint last4, int partial, int node)
    {
        var half = partial < 16 ? 1 : partial >> (BitOperations.Log2((uint)partial) - 4);
        var line = (((last4 & 0xFFFF) * 0x9E3779B1) ^ ((uint)half * 0x85EBCA6B)) >> (36 - pairBits);
        _at[0] = partial;
        _at[1] = (256 * (int)(last4 & 0xFF)) + partial;
        _at[2] = (16 * (int)line) + node;
        for (var i = 0; i < 3; i++)
        {
            inputs[36 + i] = tables.Stretch((int)(_cells[i][_at[i]] >> 20));
        }
    }

    public void Learn(int bit)
    {
        for (var i = 0; i < 3; i++)
        {
            IndependentTables.Learn(ref _cells[i][_at[i]], bit, Limits[i]);
        }
    }

    private static uint[] New(int count) => [.. Enumerable.Repeat(32768u << 16, count)];
}
