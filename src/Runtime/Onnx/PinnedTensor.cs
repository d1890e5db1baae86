using Microsoft.ML.OnnxRuntime;

namespace NacrithOnnx.Runtime.Onnx;

/// <summary>A tensor over a pinned managed array, so that ONNX Runtime reads and writes it in place.</summary>
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
        Values = values;
        Length = Elements(shape);
        Value = OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, new Memory<T>(Values, 0, Length), shape.ToArray());
    }

    /// <summary>The elements.</summary>
    public T[] Values { get; }

    /// <summary>Number of elements.</summary>
    public int Length { get; }

    /// <summary>The tensor as an ONNX Runtime value.</summary>
    public OrtValue Value { get; }

    public Span<T> Span => Values.AsSpan(0, Length);

    /// <summary>Pinned memory, one element longer than requested, because an empty array has no address.</summary>
    public static T[] Allocate(int length) => GC.AllocateUninitializedArray<T>(length + 1, pinned: true);

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
