using NacrithOnnx.Runtime.Onnx.Graphs;

namespace NacrithOnnx.Export;

/// <summary>
/// Distributes tensors over files next to the model. Each file is small enough for common source hosts, and each tensor
/// starts on a new page, so that ONNX Runtime can map it into memory.
/// </summary>
internal sealed class ExternalDataWriter(string folder, string prefix) : IDisposable
{
    /// <summary>Hosts reject files of 100 MB.</summary>
    public const long MaxFileLength = 95_000_000;

    /// <summary>Windows maps files in steps of 64 KiB, everything else in smaller ones.</summary>
    public const long Alignment = 65_536;

    private readonly List<string> _files = [];
    private FileStream? _stream;

    /// <summary>Names of the files written.</summary>
    public IReadOnlyList<string> Files => _files;

    public ExternalData Add(ReadOnlySpan<byte> tensor)
    {
        var offset = _stream is null ? 0 : (_stream.Position + Alignment - 1) / Alignment * Alignment;
        if (_stream is null || offset + tensor.Length > MaxFileLength)
        {
            _stream?.Dispose();
            _files.Add(FormattableString.Invariant($"{prefix}.{_files.Count}.bin"));
            _stream = File.Create(Path.Combine(folder, _files[^1]));
            offset = 0;
        }

        _stream.SetLength(offset);
        _stream.Position = offset;
        _stream.Write(tensor);
        return new ExternalData(_files[^1], offset, tensor.Length);
    }

    public void Dispose() => _stream?.Dispose();
}
