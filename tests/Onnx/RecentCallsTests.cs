using NacrithOnnx.Runtime.Onnx;
using NacrithOnnx.Runtime.Predict;

namespace NacrithOnnx.Tests.Onnx;

public sealed class RecentCallsTests : IDisposable
{
    private readonly RecentCalls<(int Count, int LogitsFrom), Call> _calls = new(2);
    private readonly Cache _cache = new();

    [Fact]
    public void A_call_is_found_by_its_cache_and_shape()
    {
        var call = Add(_cache, 1);

        Assert.Same(call, _calls.Find(_cache, (1, 0)));
        Assert.Null(_calls.Find(_cache, (1, 1)));
        Assert.Null(_calls.Find(new Cache(), (1, 0)));
    }

    [Fact]
    public void Room_is_made_by_the_call_that_was_used_longest_ago()
    {
        var (first, second) = (Add(_cache, 1), Add(_cache, 2));
        _calls.Find(_cache, (1, 0));

        Add(_cache, 3);

        Assert.True(second.IsDisposed);
        Assert.Same(first, _calls.Find(_cache, (1, 0)));
        Assert.False(first.IsDisposed);
    }

    [Fact]
    public void Calls_share_their_logits_until_one_needs_more()
    {
        var logits = _calls.MakeRoom(8);
        var call = Add(_cache, 1);

        Assert.Same(logits, _calls.MakeRoom(4));
        Assert.False(call.IsDisposed);
        Assert.NotSame(logits, _calls.MakeRoom(100));
        Assert.True(call.IsDisposed);
    }

    [Fact]
    public void Logits_that_were_returned_are_not_written_by_the_next_call()
    {
        var logits = _calls.MakeRoom(4);
        var call = Add(_cache, 1);
        _calls.Return();

        Assert.Null(_calls.Find(_cache, (1, 0)));
        var others = _calls.MakeRoom(4);
        var other = Add(_cache, 1);
        Assert.NotSame(logits, others);
        _calls.Return();

        Assert.Same(call, _calls.Find(_cache, (1, 0)));
        Assert.Same(logits, _calls.MakeRoom(4));
        _calls.Return();
        Assert.Same(other, _calls.Find(_cache, (1, 0)));
    }

    [Fact]
    public void A_cache_takes_its_calls_with_it()
    {
        var (mine, other) = (Add(_cache, 1), Add(new Cache(), 1));

        _calls.Forget(_cache);

        Assert.True(mine.IsDisposed);
        Assert.False(other.IsDisposed);
        _calls.Dispose();
        Assert.True(other.IsDisposed);
    }

    public void Dispose()
    {
        _calls.Dispose();
        _cache.Dispose();
    }

    private Call Add(Cache cache, int count)
    {
        var call = new Call();
        _calls.MakeRoom(4);
        _calls.Add(cache, (count, 0), call);
        return call;
    }

    private sealed class Call : IDisposable
    {
        public bool IsDisposed { get; private set; }

        public void Dispose() => IsDisposed = true;
    }

    private sealed class Cache : IKeyValueCache
    {
        public int Lanes => 1;

        public int Capacity => 1;

        public int Length => 0;

        public void Truncate(int length) => throw new NotSupportedException();

        public void CopyFrom(IKeyValueCache source) => throw new NotSupportedException();

        public void Dispose()
        {
        }
    }
}
