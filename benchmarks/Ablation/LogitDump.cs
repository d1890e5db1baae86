using System.IO.MemoryMappedFiles;
using System.Runtime.InteropServices;

namespace NacrithOnnx.Ablation;

/// <summary>Token ids of a text (int32) and the language model's logits before each (rows of float16 or float32).</summary>
internal sealed class LogitDump : IDisposable
{
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;
    private readonly int _elementSize;
    private readonly byte[] _row;
    private readonly byte[] _hidden;

    /// <summary>Opens NAME.tokens.i32, NAME.logits.f16 or .f32 and, if there, NAME.hidden.f16; a dump cut short gives fewer tokens.</summary>
    internal LogitDump(string name, int vocabularySize, int limit)
    {
        VocabularySize = vocabularySize;
        bool half = File.Exists(name + ".logits.f16");
        string path = name + (half ? ".logits.f16" : ".logits.f32");
        _elementSize = half ? 2 : 4;
        _row = new byte[vocabularySize * _elementSize];
        int[] tokens = MemoryMarshal.Cast<byte, int>(File.ReadAllBytes(name + ".tokens.i32")).ToArray();
        long rows = new FileInfo(path).Length / _row.Length;
        Tokens = tokens[..(int)Math.Min(Math.Min(rows, tokens.Length), limit)];
        _file = MemoryMappedFile.CreateFromFile(path, FileMode.Open, null, 0, MemoryMappedFileAccess.Read);
        _view = _file.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
        string hidden = name + ".hidden.f16";
        _hidden = File.Exists(hidden) ? File.ReadAllBytes(hidden) : [];
        HiddenWidth = (int)(_hidden.Length / 2 / rows);
    }

    /// <summary>Channels of the hidden state, or 0 if there is none.</summary>
    internal int HiddenWidth { get; }

    /// <summary>The final hidden state before the token at a position.</summary>
    internal void ReadHidden(int position, Span<float> hidden)
    {
        var halves = MemoryMarshal.Cast<byte, Half>(_hidden).Slice(position * HiddenWidth, HiddenWidth);
        for (int i = 0; i < halves.Length; i++)
            hidden[i] = (float)halves[i];
    }

    /// <summary>The tokens that have logits.</summary>
    internal int[] Tokens { get; }

    internal int VocabularySize { get; }

    /// <summary>The logits before the token at a position.</summary>
    internal void Read(int position, Span<float> logits)
    {
        _view.ReadArray((long)position * _row.Length, _row, 0, _row.Length);
        if (_elementSize == 4)
        {
            MemoryMarshal.Cast<byte, float>(_row).CopyTo(logits);
            return;
        }

        var halves = MemoryMarshal.Cast<byte, Half>(_row);
        for (int i = 0; i < logits.Length; i++)
            logits[i] = (float)halves[i];
    }

    public void Dispose()
    {
        _view.Dispose();
        _file.Dispose();
    }
}
