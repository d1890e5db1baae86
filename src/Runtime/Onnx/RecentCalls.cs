using NacrithOnnx.Runtime.Predict;

namespace NacrithOnnx.Runtime.Onnx;

/// <summary>
/// The calls of a model that were used last, with all that a call of that shape on that cache needs, so that a step
/// allocates nothing.
/// </summary>
/// <typeparam name="TShape">What distinguishes the calls on one cache.</typeparam>
/// <typeparam name="TCall">A call.</typeparam>
/// <remarks>
/// There are two buffers for logits, so that those of a call outlive the next one. A call writes to the buffer that does not
/// hold the last logits returned.
/// </remarks>
/// <param name="most">Number of calls kept for each buffer.</param>
internal sealed class RecentCalls<TShape, TCall>(int most) : IDisposable
    where TShape : struct, IEquatable<TShape>
    where TCall : class, IDisposable
{
    /// <summary>One thread calls the model, but another may release the cache of a dictionary that both use.</summary>
    private readonly Lock _lock = new();

    /// <summary>The most recently used first.</summary>
    private readonly List<Entry> _calls = new(2 * most);

    /// <summary>Each is shared by all calls of its turn, because a chunk's logits are the largest tensor.</summary>
    private readonly float[][] _logits = [[], []];

    private readonly int[] _lengths = [-1, -1];

    /// <summary>The buffer of the next call.</summary>
    private int _turn;

    /// <summary>A call that was used before with the buffer of the next one, if it is still kept.</summary>
    public TCall? Find(IKeyValueCache cache, TShape shape)
    {
        using var guard = _lock.EnterScope();
        for (var i = 0; i < _calls.Count; i++)
        {
            var entry = _calls[i];
            if (entry.Turn == _turn && ReferenceEquals(entry.Cache, cache) && entry.Shape.Equals(shape))
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
        using var guard = _lock.EnterScope();
        if (_calls.Count(entry => entry.Turn == _turn) == most)
        {
            var oldest = _calls.Last(entry => entry.Turn == _turn);
            Drop(entry => ReferenceEquals(entry, oldest));
        }

        if (_lengths[_turn] < logits)
        {
            Drop(entry => entry.Turn == _turn);
            _logits[_turn] = PinnedTensor<float>.Allocate(logits);
            _lengths[_turn] = logits;
        }

        return _logits[_turn];
    }

    /// <summary>Keeps a call for which <see cref="MakeRoom"/> made room.</summary>
    public void Add(IKeyValueCache cache, TShape shape, TCall call)
    {
        using var guard = _lock.EnterScope();
        _calls.Insert(0, new Entry(_turn, cache, shape, call));
    }

    /// <summary>The logits of the last call are returned: the next one writes to the other buffer.</summary>
    public void Return() => _turn = 1 - _turn;

    /// <summary>Drops the calls on a cache, or all calls, so that nothing keeps a pointer to it.</summary>
    public void Forget(IKeyValueCache? cache) => Drop(entry => cache is null || ReferenceEquals(entry.Cache, cache));

    /// <summary>Drops all calls.</summary>
    public void Dispose() => Forget(null);

    private void Drop(Predicate<Entry> isMeant)
    {
        using var guard = _lock.EnterScope();
        _calls.RemoveAll(entry =>
        {
            var drops = isMeant(entry);
            if (drops)
            {
                entry.Call.Dispose();
            }

            return drops;
        });
    }

    private sealed record Entry(int Turn, IKeyValueCache Cache, TShape Shape, TCall Call);
}
