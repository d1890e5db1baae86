namespace NacrithOnnx.Runtime.Kernels;

/// <summary>Vector width of the kernels. All widths give the same bits.</summary>
internal enum KernelWidth
{
    /// <summary>No kernels: ONNX Runtime runs the function bodies.</summary>
    None = 0,

    /// <summary>One lane: the scalar twin.</summary>
    Scalar = 1,

    /// <summary>4 lanes: SSE2, AdvSIMD.</summary>
    Vector128 = 4,

    /// <summary>8 lanes: AVX2.</summary>
    Vector256 = 8,

    /// <summary>16 lanes: AVX-512.</summary>
    Vector512 = 16,
}
