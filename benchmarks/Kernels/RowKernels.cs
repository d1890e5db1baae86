using NacrithOnnx.Runtime.Kernels;
using NacrithOnnx.Runtime.Kernels.Simd;

namespace NacrithOnnx.Benchmarks;

/// <summary>The kernels of one vector width, on data of SmolLM2-135M's sizes.</summary>
internal sealed unsafe class RowKernels<TFloat, TInt, TPairs> : IRowKernels
    where TFloat : struct, IFloatLanes<TFloat, TInt>
    where TInt : struct, IIntLanes<TInt, TFloat>
    where TPairs : struct, IPairLanes<TPairs>
{
    private const int Hidden = 576;
    private const int Intermediate = 1536;
    private const int Past = 512;
    private const int Group = 3;
    private const int ProductRows = 24;
    private const int Side = PairTile.Side;

    private readonly float[] _row = Floats(Hidden);
    private readonly byte[] _high = new byte[Hidden];
    private readonly byte[] _low = new byte[Hidden];
    private readonly float[] _gate = Floats(Intermediate);
    private readonly float[] _up = Floats(Intermediate);
    private readonly float[] _gated = new float[Intermediate];
    private readonly short[] _left = Fill(new short[ProductRows * Side], i => (short)((i * 31 % 1023) - 511));
    private readonly short[] _tile = Fill(new short[PairTile.Length], i => (short)((i * 17 % 255) - 127));
    private readonly int[] _sums = new int[ProductRows * Side];

    // Pinned; kept here to outlive the pointers below.
    private readonly List<Array> _pinned = [];
    private AttentionWork<TFloat, TInt, TPairs> _attention;

    public RowKernels()
    {
        var keys = Pin(Fill(new sbyte[Past * Side], i => (sbyte)((i * 29 % 255) - 127)));
        var values = Pin(Fill(new sbyte[Past * Side], i => (sbyte)((i * 37 % 255) - 127)));
        var scales = Pin(Fill(new float[Past], i => 0.01f));
        var columns = (Group + 2) * Side;
        _attention = new AttentionWork<TFloat, TInt, TPairs>
        {
            Inputs = new AttentionInputs
            {
                Batch = 1,
                Count = 1,
                Past = Past,
                Capacity = Past,
                Heads = Group,
                KeyValueHeads = 1,
                Qkv = new Product
                {
                    Sums = Pin(Fill(new int[columns], i => (i * 7919 % 20_001) - 10_000)),
                    ColumnScale = Pin(Fill(new float[columns], i => 0.001f)),
                    RowScale = Pin(Fill(new float[1], i => 0.1f)),
                    Rows = 1,
                    Columns = columns,
                    Wide = false,
                },
                Positions = Pin(new long[1]),
                Cos = Pin(Fill(new float[Side / 2], i => 1f)),
                Sin = Pin(new float[Side / 2]),
                TableRows = 1,
                PastKey = keys,
                PastKeyScale = scales,
                PastValue = values,
                PastValueScale = scales,
                Key = Pin(Fill(new sbyte[Side], i => (sbyte)i)),
                KeyScale = Pin(Fill(new float[1], i => 0.01f)),
                Value = Pin(Fill(new sbyte[Side], i => (sbyte)i)),
                ValueScale = Pin(Fill(new float[1], i => 0.01f)),
                Output = Pin(new float[Group * Side]),
            },
        };
    }

    public float QuantizeWide() => RowMath<TFloat, TInt>.QuantizeWide(_row, _high, _low);

    public void SwiGlu() => RowMath<TFloat, TInt>.SwiGlu(_gate, _up, _gated);

    public void AttentionStep() => _attention.Run(0);

    public unsafe void PairProduct() => PairProduct<TPairs>.Multiply(_left, Side, ProductRows, _tile, _sums, ahead: null);

    private static float[] Floats(int length)
    {
        var random = new Random(length);
        return Fill(new float[length], i => (random.NextSingle() * 8) - 4);
    }

    private static T[] Fill<T>(T[] values, Func<int, T> value)
    {
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = value(i);
        }

        return values;
    }

    private T* Pin<T>(T[] values)
        where T : unmanaged
    {
        var pinned = GC.AllocateArray<T>(values.Length, pinned: true);
        values.CopyTo(pinned, 0);
        _pinned.Add(pinned);
        fixed (T* start = pinned)
        {
            return start;
        }
    }
}
