namespace NacrithOnnx.Runtime.Predict;

/// <summary>Keys and values of the positions already fed, for lanes of equal length.</summary>
internal interface IKeyValueCache : IDisposable
{
    /// <summary>Number of lanes.</summary>
    int Lanes { get; }

    /// <summary>Capacity in positions.</summary>
    int Capacity { get; }

    /// <summary>Number of positions fed.</summary>
    int Length { get; }

    /// <summary>Discards positions from <paramref name="length"/> on.</summary>
    void Truncate(int length);

    /// <summary>Fills every lane with the content of a cache of one lane.</summary>
    void CopyFrom(IKeyValueCache source);
}
