using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;
using NacrithOnnx.Runtime.Kernels;

namespace NacrithOnnx.Runtime.Onnx;

/// <summary>
/// A tensor over a pinned managed array, so that ONNX Runtime reads and writes it in place. It starts at a cache line: a
/// vector that crosses two lines takes two reads.
/// </summary>
internal sealed class PinnedTensor<T> : IDisposable
    where T : unmanaged
{
    /// <summary>Creates a tensor with its own memory.</summary>
    public PinnedTensor(params ReadOnlySpan<long> shape)
        : this(Allocate(Elements(shape)), shape)
    {
    }

    /// <summary>
    /// Creates a tensor at the start of <paramref name="values"/>, which must come from <see cref="Allocate"/>.
    /// </summary>
    public PinnedTensor(T[] values, ReadOnlySpan<long> shape)
    {
        Memory = new Memory<T>(values, CacheLine.FirstIndex(values), Elements(shape));
        Value = OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, Memory, shape.ToArray());
    }

    /// <summary>The elements.</summary>
    public Memory<T> Memory { get; }

    /// <summary>Number of elements.</summary>
    public int Length => Memory.Length;

    /// <summary>The tensor as an ONNX Runtime value.</summary>
    public OrtValue Value { get; }

    public Span<T> Span => Memory.Span;

    /// <summary>The first element, which stays where it is as long as this is referenced.</summary>
    public unsafe T* Pointer => (T*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(Span));

    /// <summary>Pinned memory for tensors of up to <paramref name="length"/> elements.</summary>
    public static T[] Allocate(int length) =>
        GC.AllocateUninitializedArray<T>(length + (CacheLine.Size / Unsafe.SizeOf<T>()), pinned: true);

    public void Dispose() => Value.Dispose();

    private static int Elements(ReadOnlySpan<long> shape)
    {
        long length = 1;
        foreach (var dimension in shape)
        {
            length *= dimension;
        }

        return checked((int)length);
    }
}
