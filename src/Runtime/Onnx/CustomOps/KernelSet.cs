using NacrithOnnx.Runtime.Kernels;
using NacrithOnnx.Runtime.Kernels.Simd;

namespace NacrithOnnx.Runtime.Onnx.CustomOps;

/// <summary>All kernels for one vector width, as operators of ONNX Runtime.</summary>
internal static unsafe class KernelSet<TFloat, TInt, TPairs>
    where TFloat : struct, IFloatLanes<TFloat, TInt>
    where TInt : struct, IIntLanes<TInt, TFloat>
    where TPairs : struct, IPairLanes<TPairs>
{
    private const TensorType F32 = TensorType.Float32;
    private const TensorType F64 = TensorType.Float64;
    private const TensorType I8 = TensorType.Int8;
    private const TensorType U8 = TensorType.UInt8;
    private const TensorType I32 = TensorType.Int32;
    private const TensorType I64 = TensorType.Int64;

    [ThreadStatic]
    private static float[]? _attentionOutput;

    [ThreadStatic]
    private static short[]? _joinedParts;

    public static List<KernelDefinition> Create()
    {
        var kernels = new List<KernelDefinition>
        {
            new(KernelNames.Embed, [I64, I8, F32], [F32], Embed),
            new(KernelNames.WholeProduct, [U8, I8, U8], [I32], WholeProduct),
        };
        foreach (var wideOut in (bool[])[false, true])
        {
            kernels.Add(new(
                KernelNames.NormQuantize(wideOut), [F32, F32, F64], [U8, F32], context => Norm(context, wideOut)));
            kernels.Add(new(KernelNames.Logits(wideOut), [I32, F32, F32], [F32], context => Logits(context, wideOut)));
            foreach (var wideIn in (bool[])[false, true])
            {
                kernels.Add(new(
                    KernelNames.ResidualNormQuantize(wideIn, wideOut), [F32, I32, F32, F32, F32, F64], [F32, U8, F32],
                    context => ResidualNorm(context, wideIn, wideOut)));
                kernels.Add(new(
                    KernelNames.FinalNormQuantize(wideIn, wideOut), [F32, I32, F32, F32, F32, F64, I64], [U8, F32],
                    context => FinalNorm(context, wideIn, wideOut)));
                kernels.Add(new(
                    KernelNames.Attention(wideIn, wideOut), [I32, F32, F32, I64, F32, F32, I64, I8, F32, I8, F32],
                    [U8, F32, I8, F32, I8, F32], context => Attention(context, wideIn, wideOut)));
                kernels.Add(new(
                    KernelNames.SwiGluQuantize(wideIn, wideOut), [I32, F32, F32], [U8, F32],
                    context => SwiGlu(context, wideIn, wideOut)));
            }
        }

        return kernels;
    }

    private static void Embed(KernelContext context)
    {
        var tokens = context.Input<long>(0, out var shape);
        var table = context.Input<sbyte>(1, out var tableShape);
        var work = new EmbedWork
        {
            Tokens = tokens,
            Table = table,
            Scale = context.Input<float>(2),
            Rows = shape.D0 * shape.D1,
            Hidden = tableShape.D0,
            Vocabulary = tableShape.D1,
            Output = context.Output<float>(0, shape.D0, shape.D1, tableShape.D0),
        };
        context.Parallel.For(ref work, work.Items);
    }

    private static void WholeProduct(KernelContext context)
    {
        var parts = context.Input<byte>(0, out var shape);
        var weights = context.Input<sbyte>(1, out var weightShape);
        var rows = shape.D0 / 2;
        var packed = context.Node.State as PackedWeights ?? Pack(context, weights, weightShape);
        var stride = 2 * packed.Matrix.Pairs;
        fixed (short* joined = Grow(ref _joinedParts, rows * stride))
        {
            var join = new JoinPartsWork { Parts = parts, Rows = rows, Columns = weightShape.D0, Joined = joined, Stride = stride };
            context.Parallel.For(ref join, rows);
            var product = new WholeProductWork<TPairs>
            {
                Activations = joined,
                Stride = stride,
                Rows = rows,
                Weights = packed.Matrix,
                Sums = context.Output<int>(0, rows, weightShape.D1),
            };
            context.Parallel.For(ref product, product.Items);
        }
    }

    /// <summary>Packs the weights of a node in its first call; they live as long as the node.</summary>
    private static PackedWeights Pack(KernelContext context, sbyte* weights, Shape shape)
    {
        using var guard = context.Node.Guard.EnterScope();
        if (context.Node.State is PackedWeights made)
        {
            return made;
        }

        var packed = new PackedWeights(shape.D0, shape.D1);
        var work = new PackWork { Weights = weights, Packed = packed.Matrix };
        context.Parallel.For(ref work, packed.Matrix.Panels);
        context.Node.State = packed;
        return packed;
    }

    private static void Norm(KernelContext context, bool wide)
    {
        var x = context.Input<float>(0, out var shape);
        var rows = shape.D0 * shape.D1;
        RunNorm(context, new NormWork<TFloat, TInt>
        {
            X = x,
            Gain = context.Input<float>(1),
            Epsilon = *context.Input<double>(2),
            Output = Output(context, 0, rows, shape.D2, wide),
            RowsPerBatch = rows,
            RowsKept = rows,
        });
    }

    private static void ResidualNorm(KernelContext context, bool wideIn, bool wideOut)
    {
        var x = context.Input<float>(0, out var shape);
        var rows = shape.D0 * shape.D1;
        RunNorm(context, new NormWork<TFloat, TInt>
        {
            X = x,
            HasProduct = true,
            Added = Input(context, 1, wideIn),
            Gain = context.Input<float>(4),
            Epsilon = *context.Input<double>(5),
            Sum = context.Output<float>(0, shape.D0, shape.D1, shape.D2),
            Output = Output(context, 1, rows, shape.D2, wideOut),
            RowsPerBatch = rows,
            RowsKept = rows,
        });
    }

    private static void FinalNorm(KernelContext context, bool wideIn, bool wideOut)
    {
        var x = context.Input<float>(0, out var shape);
        var first = (int)Math.Clamp(*context.Input<long>(6), 0, shape.D1);
        var kept = shape.D1 - first;
        RunNorm(context, new NormWork<TFloat, TInt>
        {
            X = x,
            HasProduct = true,
            Added = Input(context, 1, wideIn),
            Gain = context.Input<float>(4),
            Epsilon = *context.Input<double>(5),
            Output = Output(context, 0, shape.D0 * kept, shape.D2, wideOut),
            RowsPerBatch = shape.D1,
            RowsKept = kept,
            FirstRow = first,
        });
    }

    private static void RunNorm(KernelContext context, NormWork<TFloat, TInt> work) =>
        context.Parallel.For(ref work, NormWork<TFloat, TInt>.Items(work.Output.Rows));

    private static void SwiGlu(KernelContext context, bool wideIn, bool wideOut)
    {
        var product = Input(context, 0, wideIn);
        var work = new SwiGluWork<TFloat, TInt>
        {
            GateUp = product,
            Output = Output(context, 0, product.Rows, product.Columns / 2, wideOut),
        };
        context.Parallel.For(ref work, SwiGluWork<TFloat, TInt>.Items(product.Rows));
    }

    private static void Logits(KernelContext context, bool wideIn)
    {
        var product = Input(context, 0, wideIn);
        var work = new LogitsWork<TFloat, TInt>
        {
            Head = product,
            Logits = context.Output<float>(0, product.Rows, product.Columns),
        };
        context.Parallel.For(ref work, product.Rows * work.BlocksPerRow);
    }

    private static void Attention(KernelContext context, bool wideIn, bool wideOut)
    {
        const int Size = ExactArithmetic.HeadSize;
        var product = Input(context, 0, wideIn);
        var positions = context.Input<long>(3, out var shape);
        var cos = context.Input<float>(4, out var tableShape);
        var pastKey = context.Input<sbyte>(7, out var cacheShape);
        int batch = shape.D0, count = shape.D1, shared = cacheShape.D1;
        var heads = (product.Columns / Size) - (2 * shared);
        fixed (float* values = Grow(ref _attentionOutput, product.Rows * heads * Size))
        {
            var inputs = new AttentionInputs
            {
                Batch = batch,
                Count = count,
                Past = (int)*context.Input<long>(6),
                Capacity = cacheShape.D2 * ExactArithmetic.CacheMultiple,
                Heads = heads,
                KeyValueHeads = shared,
                Qkv = product,
                Positions = positions,
                Cos = cos,
                Sin = context.Input<float>(5),
                TableRows = tableShape.D0,
                PastKey = pastKey,
                PastKeyScale = context.Input<float>(8),
                PastValue = context.Input<sbyte>(9),
                PastValueScale = context.Input<float>(10),
                Key = context.Output<sbyte>(2, batch, shared, Size, count),
                KeyScale = context.Output<float>(3, batch, shared, count),
                Value = context.Output<sbyte>(4, batch, shared, count, Size),
                ValueScale = context.Output<float>(5, batch, shared, count),
                Output = values,
            };
            if ((uint)inputs.Past > (uint)inputs.Capacity)
            {
                throw new InvalidOperationException("The cache is shorter than past_length says.");
            }

            var cache = new KeyValueWork<TFloat, TInt> { Inputs = inputs };
            context.Parallel.For(ref cache, KeyValueWork<TFloat, TInt>.Items(product.Rows));
            if (StepAttentionWork<TFloat, TInt, TPairs>.Serves(in inputs))
            {
                var step = new StepAttentionWork<TFloat, TInt, TPairs> { Inputs = inputs };
                context.Parallel.For(ref step, step.Items);
            }
            else
            {
                var attention = new AttentionWork<TFloat, TInt, TPairs> { Inputs = inputs };
                context.Parallel.For(ref attention, attention.Items);
            }

            var quantize = new QuantizeWork<TFloat, TInt>
            {
                Input = values,
                Output = Output(context, 0, product.Rows, heads * Size, wideOut),
            };
            context.Parallel.For(ref quantize, QuantizeWork<TFloat, TInt>.Items(product.Rows));
        }
    }

    /// <summary>A buffer of the calling thread that grows to the longest call and is kept.</summary>
    private static T[] Grow<T>(ref T[]? buffer, int length)
        where T : unmanaged
    {
        if (buffer is null || buffer.Length < length)
        {
            buffer = GC.AllocateUninitializedArray<T>(length, pinned: true);
        }

        return buffer;
    }

    /// <summary>
    /// The product at inputs <paramref name="index"/> (sums), +1 (column scales) and +2 (row scales).
    /// </summary>
    private static Product Input(KernelContext context, int index, bool wide)
    {
        var sums = context.Input<int>(index, out var shape);
        return new Product
        {
            Sums = sums,
            ColumnScale = context.Input<float>(index + 1),
            RowScale = context.Input<float>(index + 2),
            Rows = wide ? shape.D0 / 2 : shape.D0,
            Columns = shape.D1,
            Wide = wide,
        };
    }

    /// <summary>Parts at output <paramref name="index"/>, row scales at the next output.</summary>
    private static Parts Output(KernelContext context, int index, int rows, int columns, bool wide) => new()
    {
        Bytes = context.Output<byte>(index, wide ? 2 * rows : rows, columns),
        Scale = context.Output<float>(index + 1, rows, 1),
        Rows = rows,
        Columns = columns,
        Wide = wide,
    };
}
