namespace NacrithOnnx.Runtime.Predict;

/// <summary>Keys and values of the positions already fed, for lanes of equal length.</summary>
internal interface IKeyValueCache : IDisposable
{
    /// <summary>Lanes side by side.</summary>
    int Lanes { get; }

    /// <summary>Positions it has room for.</summary>
    int Capacity { get; }

    /// <summary>Positions fed.</summary>
    int Length { get; }

    /// <summary>Forgets positions from <paramref name="length"/> on.</summary>
    void Truncate(int length);

    /// <summary>Fills every lane with the content of a cache of one lane.</summary>
    void CopyFrom(IKeyValueCache source);
}
