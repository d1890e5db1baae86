using Microsoft.ML.OnnxRuntime;
using NacrithOnnx.Runtime.Predict;

namespace NacrithOnnx.Runtime.Onnx.Cuda;

/// <summary>A cache in the memory of the device. Calls write new rows where they belong; nothing is ever copied back.</summary>
internal sealed class CudaKeyValueCache : IKeyValueCache
{
    /// <summary>Shortest part of the cache that a call computes with.</summary>
    private const int MinRows = 256;

    private readonly ModelShape _shape;
    private readonly CudaLanguageModel _model;
    private readonly OrtMemoryAllocation[] _tensors;
    private bool _isDisposed;

    /// <param name="model">The model that the cache belongs to.</param>
    /// <param name="session">Where the memory is from.</param>
    /// <param name="lanes">Number of lanes.</param>
    /// <param name="positions">Positions per lane.</param>
    public CudaKeyValueCache(CudaLanguageModel model, CudaSession session, int lanes, int positions)
    {
        _model = model;
        _shape = model.Shape;
        Lanes = lanes;
        Capacity = positions;
        AllRows = (positions + CallShape.MaxPadding + MinRows - 1) / MinRows * MinRows;
        _tensors = new OrtMemoryAllocation[_shape.Layers * CudaCacheTensor.All.Length];
        try
        {
            for (var i = 0; i < _tensors.Length; i++)
            {
                _tensors[i] = session.Allocate(TensorAt(i).Length(_shape, AllRows, lanes));
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public int Lanes { get; }

    public int Capacity { get; }

    public int Length { get; private set; }

    /// <summary>Rows in memory: the positions, and room for the padding of the last call.</summary>
    public int AllRows { get; }

    public void Truncate(int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, Length);
        Length = length;
    }

    public void CopyFrom(IKeyValueCache source)
    {
        if (source is not CudaKeyValueCache { Lanes: 1 } single || single.Length > Capacity)
        {
            throw new ArgumentException("Only a cache of one lane that fits can be copied.", nameof(source));
        }

        if (single.Length > 0)
        {
            _model.Copy(single, this, single.Length);
        }

        Length = single.Length;
    }

    /// <summary>Records that a call wrote rows.</summary>
    public void Grow(int count) => Length += count;

    /// <summary>
    /// The rows that a call computes with, if it ends before row <paramref name="end"/>: one of a few lengths, each twice
    /// the one before.
    /// </summary>
    public int RowsFor(int end)
    {
        var rows = MinRows;
        while (rows < end)
        {
            rows *= 2;
        }

        return Math.Min(rows, AllRows);
    }

    /// <summary>Binds the first rows of all tensors as inputs.</summary>
    public void BindInputs(OrtIoBinding binding, string[] names, int rows)
    {
        for (var i = 0; i < names.Length; i++)
        {
            binding.BindInput(names[i], TensorAt(i).ElementType, TensorAt(i).Shape(_shape, rows, Lanes), _tensors[i]);
        }
    }

    /// <summary>Binds the first rows of all tensors as outputs.</summary>
    public void BindOutputs(OrtIoBinding binding, string[] names, int rows)
    {
        for (var i = 0; i < names.Length; i++)
        {
            binding.BindOutput(names[i], TensorAt(i).ElementType, TensorAt(i).Shape(_shape, rows, Lanes), _tensors[i]);
        }
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isDisposed, true))
        {
            return;
        }

        _model.Forget(this);
        foreach (var tensor in _tensors)
        {
            tensor?.Dispose();
        }
    }

    private static CudaCacheTensor TensorAt(int index) => CudaCacheTensor.All[index % CudaCacheTensor.All.Length];
}
