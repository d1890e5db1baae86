namespace NacrithOnnx.Runtime.Predict;

/// <summary>
/// Keeps the cache of the last short lane for the next one. Making a cache, and everything that calls of the model tie to
/// one, takes longer than a message of a few bytes; so does copying the prefix that a dictionary gives it.
/// </summary>
internal sealed class CacheShelf(ILanguageModel model) : IDisposable
{
    /// <summary>Fewest positions of a cache that is kept: a short message does not make the next one grow it.</summary>
    private const int MinPositions = 256;

    /// <summary>Most positions of a cache that is kept, 24 MB for SmolLM2-135M.</summary>
    private const int MaxPositions = 2048;

    private IKeyValueCache? _cache;

    /// <summary>What the kept cache begins with.</summary>
    private WindowPrefix? _prefix;

    /// <summary>Takes a cache of one lane, filled with a prefix and nothing else.</summary>
    /// <param name="positions">Positions that it must have at least.</param>
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

    /// <summary>Takes a cache back.</summary>
    /// <param name="cache">From <see cref="Take"/>.</param>
    /// <param name="prefix">The prefix that it still begins with, or null.</param>
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
