using NacrithOnnx.Runtime.Kernels.Simd;

namespace NacrithOnnx.Runtime.Kernels.Steps;

/// <summary>A whole call of the model in stages: ten for each layer, then the last norm and the head.</summary>
internal sealed class StepStages<TFloat, TInt, TPairs> : IStages
    where TFloat : struct, IFloatLanes<TFloat, TInt>
    where TInt : struct, IIntLanes<TInt, TFloat>
    where TPairs : struct, IPairLanes<TPairs>
{
    /// <summary>
    /// Items of rows for each thread. A product has one item for each: its first panel comes from memory, the others are fetched
    /// ahead, so that eight items for each thread took a fifth longer.
    /// </summary>
    private const int RowItemsPerThread = 4;

    private const int StagesPerLayer = (int)StepStage.Down + 1;

    private readonly StepWeights _weights;
    private readonly StepCall _call;
    private readonly StepNodes<TFloat, TInt, TPairs> _nodes;
    private readonly int _threads;
    private readonly bool _isStep;

    /// <param name="weights">The model.</param>
    /// <param name="buffers">Room for the rows of the call.</param>
    /// <param name="call">The call.</param>
    /// <param name="threads">Threads that run the stages.</param>
    public StepStages(StepWeights weights, StepBuffers buffers, StepCall call, int threads)
    {
        _weights = weights;
        _call = call;
        _nodes = new(weights, buffers, call);
        _threads = threads;
        _isStep = _nodes.IsStep;
    }

    public int Count => FinalNorm + 2;

    private int FinalNorm => _weights.Layers.Count * StagesPerLayer;

    public int Items(int stage)
    {
        if (stage >= FinalNorm)
        {
            return stage == FinalNorm ? RowItems(_call.KeptRows) : _nodes.HeadItems;
        }

        return StageOf(stage) switch
        {
            StepStage.KeyValue => _isStep ? 0 : RowItems(_call.Rows),
            StepStage.Attention => _nodes.AttentionItems,
            _ => Matrix(stage) is { } matrix ? Math.Min(_threads, matrix.Panels) : RowItems(_call.Rows),
        };
    }

    public void Run(int stage, int item)
    {
        if (stage > FinalNorm)
        {
            _nodes.Head(item);
        }
        else if (stage < FinalNorm && Matrix(stage) is { } matrix)
        {
            _nodes.Product(matrix, item, Items(stage));
        }
        else if (stage < FinalNorm && StageOf(stage) == StepStage.Attention)
        {
            _nodes.Attention(stage / StagesPerLayer, item);
        }
        else
        {
            RunRows(stage, item);
        }
    }

    private static StepStage StageOf(int stage) => (StepStage)(stage % StagesPerLayer);

    /// <summary>The matrix of a product.</summary>
    private StepMatrix? Matrix(int stage)
    {
        var layer = _weights.Layers[stage / StagesPerLayer];
        return StageOf(stage) switch
        {
            StepStage.Qkv => layer.Qkv,
            StepStage.Output => layer.Output,
            StepStage.GateUp => layer.GateUp,
            StepStage.Down => layer.Down,
            _ => null,
        };
    }

    private int RowItems(int rows) => (rows + RowsPerItem(rows) - 1) / RowsPerItem(rows);

    private int RowsPerItem(int rows) => (rows + (_threads * RowItemsPerThread) - 1) / (_threads * RowItemsPerThread);

    private void RunRows(int stage, int item)
    {
        var rows = stage == FinalNorm ? _call.KeptRows : _call.Rows;
        var end = Math.Min(rows, (item + 1) * RowsPerItem(rows));
        for (var row = item * RowsPerItem(rows); row < end; row++)
        {
            RunRow(stage, row);
        }
    }

    private void RunRow(int stage, int row)
    {
        if (stage == FinalNorm)
        {
            _nodes.FinalNorm(row);
            return;
        }

        var layer = stage / StagesPerLayer;
        switch (StageOf(stage))
        {
            case StepStage.Norm:
                _nodes.Norm(layer, row);
                break;
            case StepStage.KeyValue:
                _nodes.KeyValue(layer, row);
                break;
            case StepStage.Quantize:
                _nodes.Quantize(layer, row);
                break;
            case StepStage.FeedForwardNorm:
                _nodes.FeedForwardNorm(layer, row);
                break;
            case StepStage.SwiGlu:
                _nodes.SwiGlu(layer, row);
                break;
        }
    }
}
