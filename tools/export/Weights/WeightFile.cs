using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;

namespace NacrithOnnx.Export.Weights;

/// <summary>A file read at any place; everything that can go wrong is an <see cref="EnvironmentException"/>.</summary>
internal sealed class WeightFile : IDisposable
{
    private readonly string _path;
    private readonly SafeFileHandle _handle;

    /// <summary>Opens a file.</summary>
    public WeightFile(string path)
    {
        _path = path;
        Name = Path.GetFileName(path);
        try
        {
            _handle = File.OpenHandle(path);
            Length = RandomAccess.GetLength(_handle);
        }
        catch (Exception failure) when (IsFileFailure(failure))
        {
            _handle?.Dispose();
            throw new EnvironmentException($"cannot open {path}: {failure.Message}", failure);
        }
    }

    /// <summary>File name without folder.</summary>
    public string Name { get; }

    /// <summary>Bytes in the file.</summary>
    public long Length { get; }

    /// <summary>Fills the destination with the bytes from an offset on.</summary>
    public void Read(long offset, Span<byte> destination)
    {
        try
        {
            while (destination.Length > 0)
            {
                var count = RandomAccess.Read(_handle, destination, offset);
                if (count == 0)
                {
                    throw Broken("it ends too early");
                }

                offset += count;
                destination = destination[count..];
            }
        }
        catch (Exception failure) when (IsFileFailure(failure))
        {
            throw new EnvironmentException($"cannot read {_path}: {failure.Message}", failure);
        }
    }

    /// <summary>Reads a whole small file.</summary>
    /// <param name="limit">Bytes above which the file is refused.</param>
    public byte[] ReadAll(int limit)
    {
        if (Length > limit)
        {
            throw Broken($"it has {Length} bytes, more than the {limit} expected at most");
        }

        var bytes = new byte[Length];
        Read(0, bytes);
        return bytes;
    }

    /// <summary>Name and SHA-256.</summary>
    public SourceFile Hash()
    {
        try
        {
            using var stream = File.OpenRead(_path);
            return new SourceFile(Name, Convert.ToHexStringLower(SHA256.HashData(stream)));
        }
        catch (Exception failure) when (IsFileFailure(failure))
        {
            throw new EnvironmentException($"cannot read {_path}: {failure.Message}", failure);
        }
    }

    /// <summary>The failure to throw when the content makes no sense.</summary>
    public EnvironmentException Broken(string what) => new($"{_path} is not usable: {what}");

    /// <inheritdoc/>
    public void Dispose() => _handle.Dispose();

    // ArgumentException: a path with a zero byte in it.
    private static bool IsFileFailure(Exception failure) =>
        failure is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException;
}
