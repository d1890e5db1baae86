namespace NacrithOnnx.Compare;

/// <summary>A program that reads standard input and writes standard output, both ways.</summary>
/// <param name="Name">Name in the tables.</param>
/// <param name="Program">Full path.</param>
/// <param name="Compress">Arguments to compress.</param>
/// <param name="Decompress">Arguments to decompress.</param>
/// <param name="Ours">Whether it is the program of this repository.</param>
internal sealed record Compressor(string Name, string Program, string[] Compress, string[] Decompress, bool Ours);
