namespace NacrithOnnx.Runtime.Predict;

/// <summary>Keys and values of the positions already fed, for streams of equal length.</summary>
public interface IKeyValueCache : IDisposable
{
    /// <summary>Streams side by side.</summary>
    int Streams { get; }

    /// <summary>Positions it has room for.</summary>
    int Capacity { get; }

    /// <summary>Positions fed.</summary>
    int Length { get; }

    /// <summary>Forgets positions from <paramref name="length"/> on.</summary>
    void Truncate(int length);

    /// <summary>Fills every stream with the content of a cache of one stream.</summary>
    void CopyFrom(IKeyValueCache source);
}
