namespace NacrithOnnx.Runtime.Kernels.Steps;

/// <summary>Intermediate results of calls with up to some number of rows.</summary>
internal sealed unsafe class StepBuffers : IDisposable
{
    private const int PartsPerRow = 2;

    private readonly List<NativeBlock> _memory = [];

    /// <param name="weights">The model.</param>
    /// <param name="rows">Rows of the longest call.</param>
    public StepBuffers(StepWeights weights, int rows)
    {
        var hidden = weights.Hidden;
        var queries = weights.Heads * ExactArithmetic.HeadSize;
        var shared = rows * weights.KeyValueHeads;
        var widest = Math.Max(Math.Max(hidden, queries), weights.Intermediate);
        var outputs = weights.Layers.SelectMany(layer => layer.Matrices).Max(matrix => matrix.PaddedOutputs);
        Residual = Allocate<float>(rows * hidden);
        Parts = Allocate<byte>(PartsPerRow * rows * widest);
        Sums = Allocate<int>(PartsPerRow * rows * outputs);
        Attention = Allocate<float>(rows * queries);
        InputScale = Allocate<float>(rows);
        AttentionScale = Allocate<float>(rows);
        FeedForwardScale = Allocate<float>(rows);
        DownScale = Allocate<float>(rows);
        Key = Allocate<sbyte>(shared * ExactArithmetic.HeadSize);
        KeyScale = Allocate<float>(shared);
        Value = Allocate<sbyte>(shared * ExactArithmetic.HeadSize);
        ValueScale = Allocate<float>(shared);
    }

    /// <summary>The residual [rows, hidden].</summary>
    public float* Residual { get; }

    /// <summary>Activations of the next product, bytes or int16.</summary>
    public byte* Parts { get; }

    /// <summary>Sums of the last product.</summary>
    public int* Sums { get; }

    /// <summary>Output of attention [rows, heads · 64].</summary>
    public float* Attention { get; }

    /// <summary>Scales of the rows that enter attention.</summary>
    public float* InputScale { get; }

    /// <summary>Scales of the rows that leave attention.</summary>
    public float* AttentionScale { get; }

    /// <summary>Scales of the rows that enter the feed-forward layer.</summary>
    public float* FeedForwardScale { get; }

    /// <summary>Scales of the rows that enter its down projection.</summary>
    public float* DownScale { get; }

    /// <summary>New keys and values of a layer; see <see cref="AttentionInputs"/>.</summary>
    public sbyte* Key { get; }

    /// <summary>See <see cref="Key"/>.</summary>
    public float* KeyScale { get; }

    /// <summary>See <see cref="Key"/>.</summary>
    public sbyte* Value { get; }

    /// <summary>See <see cref="Key"/>.</summary>
    public float* ValueScale { get; }

    public void Dispose() => _memory.ForEach(memory => memory.Dispose());

    private T* Allocate<T>(int length)
        where T : unmanaged
    {
        var memory = new NativeBlock((long)length * sizeof(T));
        _memory.Add(memory);
        return (T*)memory.Pointer;
    }
}
