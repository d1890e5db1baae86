namespace NacrithOnnx.Runtime.Kernels;

/// <summary>Attention buffers of one thread. They grow to the longest context seen and are kept.</summary>
internal sealed class AttentionScratch
{
    [ThreadStatic]
    private static AttentionScratch? _current;

    private float[] _scores = [];
    private short[] _weights = [];
    private byte[] _parts = [];
    private float[] _scales = [];

    public static AttentionScratch Current => _current ??= new AttentionScratch();

    public float[] Scores(int length) => Grow(ref _scores, length);

    public short[] Weights(int length) => Grow(ref _weights, length);

    /// <summary>Weights in two parts.</summary>
    public byte[] Parts(int length) => Grow(ref _parts, length);

    /// <summary>Scales of the new keys, then of the new values, each padded to whole tiles.</summary>
    public float[] Scales(int length) => Grow(ref _scales, length);

    private static T[] Grow<T>(ref T[] buffer, int length)
    {
        if (buffer.Length < length)
        {
            buffer = GC.AllocateUninitializedArray<T>(length);
        }

        return buffer;
    }
}
