using System.Runtime.InteropServices;
using NacrithOnnx.Runtime.Kernels.Simd;

namespace NacrithOnnx.Runtime.Kernels.Steps;

/// <summary>
/// What the stages of a call compute, a row or a head at a time: what the nodes of the graph compute in ONNX Runtime, with the
/// same kernels.
/// </summary>
/// <param name="weights">The model.</param>
/// <param name="buffers">Room for the rows of the call.</param>
/// <param name="call">The call.</param>
internal readonly unsafe struct StepNodes<TFloat, TInt, TPairs>(StepWeights weights, StepBuffers buffers, StepCall call)
    where TFloat : struct, IFloatLanes<TFloat, TInt>
    where TInt : struct, IIntLanes<TInt, TFloat>
    where TPairs : struct, IPairLanes<TPairs>
{
    /// <summary>Columns of the head for each item, whose sums stay in the second-level cache.</summary>
    private const int HeadWidth = 192;

    private const int MaxParts = 2;

    /// <summary>Whether attention of a head is one item, with its new key and value.</summary>
    public bool IsStep
    {
        get
        {
            var inputs = Inputs(0);
            return StepAttentionWork<TFloat, TInt, TPairs>.Serves(in inputs);
        }
    }

    public int AttentionItems
    {
        get
        {
            var inputs = Inputs(0);
            return StepAttentionWork<TFloat, TInt, TPairs>.Serves(in inputs)
                ? new StepAttentionWork<TFloat, TInt, TPairs> { Inputs = inputs }.Items
                : new AttentionWork<TFloat, TInt, TPairs> { Inputs = inputs }.Items;
        }
    }

    public int HeadItems => (weights.Embedding.Panels + HeadPanels - 1) / HeadPanels;

    private int HeadPanels => HeadWidth / weights.Embedding.PanelWidth;

    /// <summary>The norm before attention of a row; in the first layer, of its token's embedding.</summary>
    public void Norm(int layer, int row)
    {
        var own = weights.Layers[layer];
        var work = NormInto(own.Qkv, own.Gain, buffers.InputScale);
        if (layer == 0)
        {
            Embed(row);
        }
        else
        {
            AddProduct(ref work, weights.Layers[layer - 1].Down, buffers.DownScale);
        }

        work.Row(row);
    }

    /// <summary>New keys and values of a row, where they are not a part of <see cref="Attention"/>.</summary>
    public void KeyValue(int layer, int row)
    {
        var work = new KeyValueWork<TFloat, TInt> { Inputs = Inputs(layer) };
        for (var head = 0; head < weights.KeyValueHeads; head++)
        {
            work.Row(row, head);
            Append(in work.Inputs, (row / call.Count * weights.KeyValueHeads) + head, row % call.Count);
        }
    }

    public void Attention(int layer, int item)
    {
        var inputs = Inputs(layer);
        if (!StepAttentionWork<TFloat, TInt, TPairs>.Serves(in inputs))
        {
            new AttentionWork<TFloat, TInt, TPairs> { Inputs = inputs }.Run(item);
            return;
        }

        var work = new StepAttentionWork<TFloat, TInt, TPairs> { Inputs = inputs };
        var slot = work.Slot(item);
        new KeyValueWork<TFloat, TInt> { Inputs = inputs }.Row(slot / weights.KeyValueHeads, slot % weights.KeyValueHeads);
        work.Run(item);
        Append(in inputs, slot, 0);
    }

    /// <summary>Activations for the output of attention.</summary>
    public void Quantize(int layer, int row) => new QuantizeWork<TFloat, TInt>
    {
        Input = buffers.Attention,
        Output = PartsFor(weights.Layers[layer].Output, buffers.AttentionScale, call.Rows),
    }.Row(row);

    /// <summary>The norm before the feed-forward layer.</summary>
    public void FeedForwardNorm(int layer, int row)
    {
        var own = weights.Layers[layer];
        var work = NormInto(own.GateUp, own.FeedForwardGain, buffers.FeedForwardScale);
        AddProduct(ref work, own.Output, buffers.AttentionScale);
        work.Row(row);
    }

    public void SwiGlu(int layer, int row) => new SwiGluWork<TFloat, TInt>
    {
        GateUp = ProductOf(weights.Layers[layer].GateUp, buffers.FeedForwardScale),
        Output = PartsFor(weights.Layers[layer].Down, buffers.DownScale, call.Rows),
    }.Row(row);

    /// <summary>The norm before the head, of a row whose logits are needed, and its hidden state.</summary>
    public void FinalNorm(int row)
    {
        var head = weights.Embedding;
        var work = NormInto(head, weights.FinalGain, buffers.InputScale);
        work.Output = PartsFor(head, buffers.InputScale, call.KeptRows);
        work.HasProduct = true;
        work.Added = ProductOf(weights.Layers[^1].Down, buffers.DownScale);
        work.RowsPerBatch = call.Count;
        work.RowsKept = call.Count - call.LogitsFrom;
        work.FirstRow = call.LogitsFrom;
        work.Row(row);
        HiddenState(work.Output, row);
    }

    /// <summary>Logits of a few panels, for all rows.</summary>
    public void Head(int item)
    {
        var head = weights.Embedding;
        var first = item * HeadPanels;
        var panels = Math.Min(HeadPanels, head.Panels - first);
        var column = first * head.PanelWidth;
        var width = panels * head.PanelWidth;
        fixed (int* sums = AttentionScratch.Current.Sums.Take(MaxParts * call.KeptRows * width))
        {
            for (var panel = 0; panel < panels; panel++)
            {
                head.Multiply<TPairs>(buffers.Parts, call.KeptRows, first + panel, sums + (panel * head.PanelWidth), width);
            }

            var product = new Product
            {
                Sums = sums,
                ColumnScale = head.Scales + column,
                RowScale = buffers.InputScale,
                Rows = call.KeptRows,
                Columns = width,
                Wide = head.HasParts,
            };
            for (var row = 0; row < call.KeptRows; row++)
            {
                var logits = call.Logits + ((nint)row * weights.Vocabulary) + column;
                product.Dequantize<TFloat, TInt>(row, 0, new Span<float>(logits, Math.Min(width, weights.Vocabulary - column)));
            }
        }
    }

    /// <summary>A part of the product of the activations with a matrix.</summary>
    /// <param name="matrix">The matrix.</param>
    /// <param name="item">Number of the part.</param>
    /// <param name="items">Number of parts.</param>
    public void Product(StepMatrix matrix, int item, int items)
    {
        var end = (item + 1) * matrix.Panels / items;
        for (var panel = item * matrix.Panels / items; panel < end; panel++)
        {
            matrix.Multiply<TPairs>(buffers.Parts, call.Rows, panel, buffers.Sums + (panel * matrix.PanelWidth), matrix.PaddedOutputs);
        }
    }

    private static float* Pointer(float[] pinned) => (float*)Marshal.UnsafeAddrOfPinnedArrayElement(pinned, 0);

    /// <summary>Copies a new position into the cache. Attention does not see it there before the next call.</summary>
    private static void Append(in AttentionInputs inputs, int slot, int index)
    {
        const int Size = ExactArithmetic.HeadSize;
        const int Tile = ExactArithmetic.CacheMultiple;
        var at = inputs.Past + index;
        var from = ((nint)slot * inputs.Count) + index;
        var to = ((nint)slot * inputs.Capacity) + at;
        var key = inputs.Key + ((nint)slot * Size * inputs.Count) + index;
        var column = inputs.PastKey + ((((nint)slot * (inputs.Capacity / Tile)) + (at / Tile)) * Size * Tile) + (at % Tile);
        for (var i = 0; i < Size; i++)
        {
            column[i * Tile] = key[i * (nint)inputs.Count];
        }

        new ReadOnlySpan<sbyte>(inputs.Value + (from * Size), Size).CopyTo(new Span<sbyte>(inputs.PastValue + (to * Size), Size));
        inputs.PastKeyScale[to] = inputs.KeyScale[from];
        inputs.PastValueScale[to] = inputs.ValueScale[from];
    }

    /// <summary>The embedding of a token: a column of the head.</summary>
    private void Embed(int row) =>
        weights.Embedding.Column((int)call.Tokens[row], buffers.Residual + ((nint)row * weights.Hidden));

    /// <summary>The head's input as floats: its integers times the scale of the row.</summary>
    private void HiddenState(Parts parts, int row)
    {
        var width = weights.Hidden;
        var target = call.HiddenStates + ((nint)row * width);
        for (var i = 0; i < width; i++)
        {
            target[i] = parts.Value(row, i) * parts.Scale[row];
        }
    }

    private NormWork<TFloat, TInt> NormInto(StepMatrix next, float[] gain, float* scale) => new()
    {
        X = buffers.Residual,
        Gain = Pointer(gain),
        Epsilon = weights.Epsilon,
        Output = PartsFor(next, scale, call.Rows),
        RowsPerBatch = call.Rows,
        RowsKept = call.Rows,
    };

    /// <summary>Makes a norm add the last product to the residual first.</summary>
    private void AddProduct(ref NormWork<TFloat, TInt> work, StepMatrix matrix, float* rowScale)
    {
        work.HasProduct = true;
        work.Added = ProductOf(matrix, rowScale);
        work.Sum = buffers.Residual;
    }

    /// <summary>Activations for the product with a matrix.</summary>
    private Parts PartsFor(StepMatrix matrix, float* scale, int rows) => new()
    {
        Bytes = buffers.Parts,
        Whole = matrix.IsWhole ? (short*)buffers.Parts : null,
        Scale = scale,
        Rows = rows,
        Columns = matrix.Inputs,
        Wide = matrix.IsWide,
    };

    /// <summary>The result of the product with a matrix.</summary>
    private Product ProductOf(StepMatrix matrix, float* rowScale) => new()
    {
        Sums = buffers.Sums,
        ColumnScale = matrix.Scales,
        RowScale = rowScale,
        Rows = call.Rows,
        Columns = matrix.PaddedOutputs,
        Wide = matrix.HasParts,
    };

    private AttentionInputs Inputs(int layer)
    {
        var cache = call.Cache[layer];
        return new AttentionInputs
        {
            Batch = call.Lanes,
            Count = call.Count,
            Past = call.Past,
            Shared = call.Shared,
            Capacity = call.Capacity,
            Heads = weights.Heads,
            KeyValueHeads = weights.KeyValueHeads,
            Qkv = ProductOf(weights.Layers[layer].Qkv, buffers.InputScale),
            Positions = call.Positions,
            Cos = Pointer(weights.Cos),
            Sin = Pointer(weights.Sin),
            TableRows = weights.Cos.Length / (ExactArithmetic.HeadSize / 2),
            PastKey = cache.Key,
            PastKeyScale = cache.KeyScale,
            PastValue = cache.Value,
            PastValueScale = cache.ValueScale,
            Key = buffers.Key,
            KeyScale = buffers.KeyScale,
            Value = buffers.Value,
            ValueScale = buffers.ValueScale,
            Output = buffers.Attention,
        };
    }
}
