namespace NacrithOnnx.Runtime.Onnx.CustomOps;

/// <summary>Inputs and outputs of one call of a kernel.</summary>
internal readonly unsafe ref struct KernelContext(nint handle, KernelNode node)
{
    private const int MaxRank = 8;

    private readonly nint _handle = handle;

    public KernelNode Node { get; } = node;

    public ParallelRunner Parallel => new(_handle);

    public T* Input<T>(int index)
        where T : unmanaged
    {
        Span<long> dimensions = stackalloc long[MaxRank];
        return (T*)OrtApi.Input(_handle, index, dimensions);
    }

    /// <summary>Data and shape of an input; unused dimensions are 1.</summary>
    public T* Input<T>(int index, out Shape shape)
        where T : unmanaged
    {
        Span<long> dimensions = stackalloc long[MaxRank];
        dimensions.Fill(1);
        var data = (T*)OrtApi.Input(_handle, index, dimensions);
        shape = new Shape((int)dimensions[0], (int)dimensions[1], (int)dimensions[2], (int)dimensions[3]);
        return data;
    }

    public T* Output<T>(int index, params ReadOnlySpan<long> dimensions)
        where T : unmanaged => (T*)OrtApi.Output(_handle, index, dimensions);
}
