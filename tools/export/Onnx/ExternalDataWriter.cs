using System.Runtime.InteropServices;

namespace NacrithOnnx.Export.Onnx;

/// <summary>
/// Appends tensors to model.data.0, model.data.1, ... A tensor is never split: one that does not fit begins the next
/// file, and one that is larger than any file may be gets a file of its own.
/// </summary>
internal sealed class ExternalDataWriter : IDisposable
{
    /// <summary>Bytes a file stays below: git hosts refuse files of 100 MB.</summary>
    public const long MaxFileBytes = 95_000_000;

    /// <summary>Every tensor begins at a multiple of this. It is the allocation granularity of Windows, and a multiple
    /// of the page size everywhere, so ONNX Runtime can map the file instead of reading it.</summary>
    public const long Alignment = 64 * 1024;

    private readonly Func<string, Stream> _create;
    private readonly List<string> _files = [];
    private Stream? _current;
    private long _position;

    /// <summary>Writes files with <paramref name="create"/>, which gets their names; each is closed here.</summary>
    public ExternalDataWriter(Func<string, Stream> create) => _create = create;

    /// <summary>Writes files into a folder, over those of the same names.</summary>
    public ExternalDataWriter(string folder)
        : this(name => File.Create(Path.Combine(folder, name)))
    {
    }

    /// <summary>Names of the files so far, in order.</summary>
    public IReadOnlyList<string> Files => _files;

    /// <summary>Appends one tensor, row-major and little-endian.</summary>
    public ExternalData Append<T>(ReadOnlySpan<T> values)
        where T : unmanaged
    {
        var bytes = MemoryMarshal.AsBytes(values);
        var offset = (_position + Alignment - 1) / Alignment * Alignment;
        if (_current is null || offset + bytes.Length >= MaxFileBytes)
        {
            Open();
            offset = 0;
        }

        Pad(offset - _position);
        _current!.Write(bytes);
        _position = offset + bytes.Length;
        return new ExternalData(_files[^1], offset, bytes.Length);
    }

    /// <summary>Closes the last file.</summary>
    public void Dispose()
    {
        _current?.Dispose();
        _current = null;
    }

    private void Open()
    {
        _current?.Dispose();
        var name = FormattableString.Invariant($"model.data.{_files.Count}");
        _current = _create(name);
        _files.Add(name);
        _position = 0;
    }

    private void Pad(long count)
    {
        Span<byte> zeros = stackalloc byte[1024];
        zeros.Clear();
        for (; count > 0; count -= zeros.Length)
        {
            _current!.Write(zeros[..(int)Math.Min(count, zeros.Length)]);
        }
    }
}
