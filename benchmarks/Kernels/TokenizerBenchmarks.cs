using System.Buffers;
using BenchmarkDotNet.Attributes;
using NacrithOnnx.Runtime.Model;
using NacrithOnnx.Runtime.Tokenize;

namespace NacrithOnnx.Benchmarks;

/// <summary>alice29.txt, 152,089 bytes, into tokens.</summary>
public class TokenizerBenchmarks
{
    private readonly ArrayBufferWriter<int> _tokens = new();
    private Tokenizer _tokenizer = null!;
    private byte[] _text = [];

    [GlobalSetup]
    public void Setup()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "NacrithOnnx.sln")))
        {
            folder = folder.Parent ?? throw new DirectoryNotFoundException("The benchmark runs outside the repository.");
        }

        _tokenizer = new ModelFolder(Path.Combine(folder.FullName, "models", "onnx")).Tokenizer();
        _text = File.ReadAllBytes(Path.Combine(folder.FullName, "tests", "texts", "alice29.txt"));
    }

    [Benchmark]
    public int Encode()
    {
        _tokens.ResetWrittenCount();
        _tokenizer.Encode(_text, _tokens);
        return _tokens.WrittenCount;
    }
}
