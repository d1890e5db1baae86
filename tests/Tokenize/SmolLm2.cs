using System.Buffers;
using NacrithOnnx.Runtime.Tokenize;
using NacrithOnnx.Tests.Support;

namespace NacrithOnnx.Tests.Tokenize;

/// <summary>The tokenizer of the model in the repository.</summary>
internal static class SmolLm2
{
    public static byte[] File { get; } = System.IO.File.ReadAllBytes(InRepository("models/onnx/tokenizer.bin"));

    public static Tokenizer Tokenizer { get; } = Tokenizer.Load(File);

    public static byte[] Text(string name) => System.IO.File.ReadAllBytes(InRepository("tests/texts/" + name));

    public static string InRepository(string path) => Path.Combine(Repository.Root, path);

    public static int[] Encode(ReadOnlySpan<byte> text)
    {
        var tokens = new ArrayBufferWriter<int>();
        Tokenizer.Encode(text, tokens);
        return tokens.WrittenSpan.ToArray();
    }

    public static byte[] Decode(ReadOnlySpan<int> tokens)
    {
        var bytes = new ArrayBufferWriter<byte>();
        Tokenizer.Decode(tokens, bytes);
        return bytes.WrittenSpan.ToArray();
    }
}
