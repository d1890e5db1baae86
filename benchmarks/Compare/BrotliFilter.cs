using System.IO.Compression;

namespace NacrithOnnx.Compare;

/// <summary>
/// Filters standard input to standard output with the Brotli library in .NET, which is Google's: a substitute where the
/// program is not installed. Its figures include the start of .NET, about 50 ms and 30 MiB.
/// </summary>
internal static class BrotliFilter
{
    public const string Option = "--brotli-filter";
    public const string Compress = "compress";
    public const string Decompress = "decompress";

    /// <summary>Highest quality, and the window that the program uses for files of this size and above.</summary>
    private static readonly BrotliCompressionOptions Best = new() { Quality = 11 };

    /// <summary>
    /// Arguments that make the current program the filter; if the program is "dotnet", the assembly comes first.
    /// </summary>
    public static string[] Arguments(string direction)
    {
        var isHost = Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet";
        return isHost ? [typeof(BrotliFilter).Assembly.Location, Option, direction] : [Option, direction];
    }

    public static void Run(bool compress)
    {
        using var input = Console.OpenStandardInput();
        using var output = Console.OpenStandardOutput();
        if (compress)
        {
            using var brotli = new BrotliStream(output, Best);
            input.CopyTo(brotli);
        }
        else
        {
            using var brotli = new BrotliStream(input, CompressionMode.Decompress);
            brotli.CopyTo(output);
        }
    }
}
