using System.Globalization;
using System.Text;
using NacrithOnnx.Cli.Launch;
using NacrithOnnx.Format;
using NacrithOnnx.Runtime.Files;

namespace NacrithOnnx.Release;

/// <summary>Writes what <see cref="PackedFiles"/> reads.</summary>
internal static class FilePacker
{
    /// <summary>Ending of what is packed as a library.</summary>
    private const string Library = ".lz4";

    /// <summary>Packs files behind a program.</summary>
    public static void Pack(string program, string output, IReadOnlyList<string> files)
    {
        File.Copy(program, output, overwrite: true);
        using var stream = new FileStream(output, FileMode.Open, FileAccess.Write);
        var table = new StringBuilder();
        foreach (var file in files)
        {
            var content = file.EndsWith(Library, StringComparison.Ordinal)
                ? PackedLibrary.Pack(File.ReadAllBytes(file[..^Library.Length]))
                : File.ReadAllBytes(file);
            Align(stream);
            table.Append(
                CultureInfo.InvariantCulture,
                $"{stream.Position} {content.Length} {Sha256Digest.Compute(content)} {Path.GetFileName(file)}\n");
            stream.Write(content);
        }

        var start = stream.Length;
        stream.Seek(0, SeekOrigin.End);
        stream.Write(Encoding.UTF8.GetBytes(table.ToString()));
        stream.Write(Encoding.ASCII.GetBytes(PackedFiles.Trailer(start)));
    }

    private static void Align(FileStream stream)
    {
        stream.SetLength((stream.Length + PackedFiles.Alignment - 1) / PackedFiles.Alignment * PackedFiles.Alignment);
        stream.Seek(0, SeekOrigin.End);
    }
}
