using NacrithOnnx.Runtime.Predict;

namespace NacrithOnnx.Runtime.Onnx;

/// <summary>
/// The calls of a model that were used last, with all that a call of that shape on that cache needs, so that a step
/// allocates nothing.
/// </summary>
/// <typeparam name="TShape">What distinguishes the calls on one cache.</typeparam>
/// <typeparam name="TCall">A call.</typeparam>
/// <param name="most">Number of calls kept.</param>
internal sealed class RecentCalls<TShape, TCall>(int most) : IDisposable
    where TShape : struct, IEquatable<TShape>
    where TCall : class, IDisposable
{
    /// <summary>The most recently used first.</summary>
    private readonly List<(IKeyValueCache Cache, TShape Shape, TCall Call)> _calls = new(most);

    /// <summary>Shared by all calls, because a chunk's logits are the largest tensor.</summary>
    private float[] _logits = [];

    /// <summary>A call that was used before, if it is still kept.</summary>
    public TCall? Find(IKeyValueCache cache, TShape shape)
    {
        for (var i = 0; i < _calls.Count; i++)
        {
            var entry = _calls[i];
            if (ReferenceEquals(entry.Cache, cache) && entry.Shape.Equals(shape))
            {
                if (i > 0)
                {
                    _calls.RemoveAt(i);
                    _calls.Insert(0, entry);
                }

                return entry.Call;
            }
        }

        return null;
    }

    /// <summary>Drops what must not live beside one more call, and returns memory for its logits.</summary>
    /// <param name="logits">Number of its logits.</param>
    public float[] MakeRoom(int logits)
    {
        if (_calls.Count == most)
        {
            _calls[^1].Call.Dispose();
            _calls.RemoveAt(most - 1);
        }

        if (_logits.Length <= logits)
        {
            Forget(null);
            _logits = PinnedTensor<float>.Allocate(logits);
        }

        return _logits;
    }

    /// <summary>Keeps a call for which <see cref="MakeRoom"/> made room.</summary>
    public void Add(IKeyValueCache cache, TShape shape, TCall call) => _calls.Insert(0, (cache, shape, call));

    /// <summary>Drops the calls on a cache, or all calls, so that nothing keeps a pointer to it.</summary>
    public void Forget(IKeyValueCache? cache)
    {
        for (var i = _calls.Count - 1; i >= 0; i--)
        {
            if (cache is null || ReferenceEquals(_calls[i].Cache, cache))
            {
                _calls[i].Call.Dispose();
                _calls.RemoveAt(i);
            }
        }
    }

    /// <summary>Drops all calls.</summary>
    public void Dispose() => Forget(null);
}
