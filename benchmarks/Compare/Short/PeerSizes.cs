using System.IO.Compression;

namespace NacrithOnnx.Compare;

/// <summary>Sizes of short texts with other compressors, each at its best.</summary>
internal sealed class PeerSizes : IDisposable
{
    private const int BrotliQuality = 11;
    private const int BrotliWindowBits = 22;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nacrith-benchmark-");

    /// <summary>Titles of the columns, in the order of <see cref="Measure"/>.</summary>
    public static IReadOnlyList<string> Names { get; } =
        ["gzip -9", "zstd -19", "zstd -19 -D", "brotli -q 11", "xz -9e"];

    /// <summary>Bytes of a text with each compressor; null where it is not installed.</summary>
    /// <remarks>zstd needs no checksum to be compared with, so it writes none: that saves it 4 bytes.</remarks>
    public IReadOnlyList<long?> Measure(ShortText text)
    {
        var content = Write("content", text.Content);
        var dictionary = Write("dictionary", text.Dictionary);
        return
        [
            Run("gzip", content, "-9", "-n", "-c"),
            Run("zstd", content, "-19", "--no-check", "-q", "-c"),
            Run("zstd", content, "-19", "--no-check", "-q", "-D", dictionary, "-c"),
            Brotli(text.Content),
            Run("xz", content, "-9e", "-c"),
        ];
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private string Write(string name, byte[] content)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllBytes(path, content);
        return path;
    }

    private long? Run(string program, string input, params string[] arguments)
    {
        if (ProgramPath.Find(program) is not { } path)
        {
            return null;
        }

        var output = Path.Combine(_folder.FullName, "output");
        ChildRun.Start(path, arguments, input, output);
        return new FileInfo(output).Length;
    }

    /// <summary>The library in .NET is Google's.</summary>
    private static int Brotli(byte[] content)
    {
        var output = new byte[BrotliEncoder.GetMaxCompressedLength(content.Length)];
        return BrotliEncoder.TryCompress(content, output, out var length, BrotliQuality, BrotliWindowBits)
            ? length
            : throw new BenchmarkException("brotli fails");
    }
}
