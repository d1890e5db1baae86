using System.IO.MemoryMappedFiles;
using System.Runtime.InteropServices;

namespace NacrithOnnx.Ablation;

/// <summary>
/// Rows stored in a file, so that settings can be tried without the model: 98 KB per token, logits as float16, which
/// moves sizes by less than 0.01 %.
/// </summary>
internal sealed class RecordedRows : IRowSource
{
    private const int HeaderSize = 4 * sizeof(int);

    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;
    private readonly int _rowSize;

    internal RecordedRows(string path, int limit)
    {
        Name = Path.GetFileName(path);
        _file = MemoryMappedFile.CreateFromFile(path, FileMode.Open, null, 0, MemoryMappedFileAccess.Read);
        _view = _file.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
        Tokens = Math.Min(_view.ReadInt32(0), limit);
        Streams = _view.ReadInt32(4);
        Vocabulary = _view.ReadInt32(8);
        HiddenWidth = _view.ReadInt32(12);
        _rowSize = RowSize(Vocabulary, HiddenWidth);
    }

    public string Name { get; }

    public int Tokens { get; }

    public int Streams { get; }

    public int Vocabulary { get; }

    public int HiddenWidth { get; }

    /// <summary>Writes the rows of a source to a file.</summary>
    internal static void Record(IRowSource source, string path)
    {
        using var file = new BufferedStream(File.Create(path), 1 << 20);
        file.Write(MemoryMarshal.AsBytes((ReadOnlySpan<int>)[source.Tokens, source.Streams, source.Vocabulary, source.HiddenWidth]));
        var halves = new Half[source.Vocabulary];
        source.Run((stream, logits, hidden, token) =>
        {
            file.Write(MemoryMarshal.AsBytes((ReadOnlySpan<int>)[stream, token]));
            file.Write(MemoryMarshal.AsBytes(hidden));
            for (var i = 0; i < halves.Length; i++)
            {
                halves[i] = (Half)logits[i];
            }

            file.Write(MemoryMarshal.AsBytes(halves.AsSpan()));
        });
    }

    public void Run(RowHandler handler)
    {
        var row = new byte[_rowSize];
        var logits = new float[Vocabulary];
        for (var i = 0; i < Tokens; i++)
        {
            _view.ReadArray(HeaderSize + ((long)i * _rowSize), row, 0, _rowSize);
            var head = MemoryMarshal.Cast<byte, int>(row.AsSpan(0, 2 * sizeof(int)));
            var hidden = MemoryMarshal.Cast<byte, float>(row.AsSpan(2 * sizeof(int), HiddenWidth * sizeof(float)));
            var halves = MemoryMarshal.Cast<byte, Half>(row.AsSpan(_rowSize - (2 * Vocabulary)));
            for (var k = 0; k < logits.Length; k++)
            {
                logits[k] = (float)halves[k];
            }

            handler(head[0], logits, hidden, head[1]);
        }
    }

    public void Dispose()
    {
        _view.Dispose();
        _file.Dispose();
    }

    private static int RowSize(int vocabulary, int hiddenWidth) =>
        (2 * sizeof(int)) + (hiddenWidth * sizeof(float)) + (2 * vocabulary);
}
