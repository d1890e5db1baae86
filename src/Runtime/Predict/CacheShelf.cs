namespace NacrithOnnx.Runtime.Predict;

/// <summary>
/// Keeps the cache of the last short lane for the next one. Creating a cache, and the state that calls of the model
/// attach to it, takes longer than a message of a few bytes. So does copying the prefix of a dictionary.
/// </summary>
internal sealed class CacheShelf(ILanguageModel model) : IDisposable
{
    /// <summary>Minimum positions of a kept cache, so that a message after a short one need not grow it.</summary>
    private const int MinPositions = 256;

    /// <summary>Maximum positions of a kept cache, 24 MB with SmolLM2-135M.</summary>
    private const int MaxPositions = 2048;

    private IKeyValueCache? _cache;

    /// <summary>The prefix in the kept cache.</summary>
    private WindowPrefix? _prefix;

    /// <summary>Takes a cache of one lane that contains only a prefix.</summary>
    /// <param name="positions">Minimum capacity in positions.</param>
    /// <param name="prefix">The prefix, or null.</param>
    public IKeyValueCache Take(int positions, WindowPrefix? prefix)
    {
        var cache = _cache;
        var isFilled = prefix is not null && ReferenceEquals(prefix, _prefix);
        (_cache, _prefix) = (null, null);
        if (cache is null || cache.Capacity < positions)
        {
            cache?.Dispose();
            cache = model.CreateCache(1, Math.Max(positions, Math.Min(MinPositions, model.Shape.Positions)));
            isFilled = false;
        }

        if (isFilled)
        {
            cache.Truncate(prefix!.Cache.Length);
            return cache;
        }

        cache.Truncate(0);
        if (prefix is not null)
        {
            cache.CopyFrom(prefix.Cache);
        }

        return cache;
    }

    /// <summary>Returns a cache to the shelf.</summary>
    /// <param name="cache">From <see cref="Take"/>.</param>
    /// <param name="prefix">The prefix that it still contains, or null.</param>
    public void Return(IKeyValueCache cache, WindowPrefix? prefix)
    {
        if (cache.Capacity > MaxPositions)
        {
            cache.Dispose();
            return;
        }

        _cache?.Dispose();
        (_cache, _prefix) = (cache, prefix);
    }

    /// <summary>Releases the kept cache.</summary>
    public void Dispose()
    {
        _cache?.Dispose();
        (_cache, _prefix) = (null, null);
    }
}
