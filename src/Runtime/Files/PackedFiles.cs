using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace NacrithOnnx.Runtime.Files;

/// <summary>
/// Files packed behind another one, such as the model behind the program. Nothing is unpacked: the weights are mapped
/// from where they lie. The end of the file is text:
/// <code>
/// OFFSET LENGTH SHA256 NAME        a line for each file, the offset a multiple of 65,536
/// nacrith files 00000000000000000  the last 32 bytes: where the first line begins
/// </code>
/// </summary>
internal sealed class PackedFiles
{
    /// <summary>
    /// Files begin at multiples of it: no platform served maps files by larger units, so weights are aligned in memory
    /// as they are in a file of their own.
    /// </summary>
    public const int Alignment = 1 << 16;

    private const string Mark = "nacrith files ";

    private const int OffsetDigits = 17;
    private const int TrailerLength = 32;

    /// <summary>A model has ten files; what claims a longer table is something else.</summary>
    private const int MaxTableLength = 1 << 16;

    private const int Fields = 4;

    private readonly Dictionary<string, (FileSlice Slice, string Sha256)> _files = new(StringComparer.Ordinal);

    private PackedFiles(string path)
    {
        Path = path;
    }

    /// <summary>The file that holds them.</summary>
    public string Path { get; }

    /// <summary>The last 32 bytes.</summary>
    /// <param name="table">Where the first line of the table begins.</param>
    public static string Trailer(long table) =>
        $"{Mark}{table.ToString($"D{OffsetDigits}", CultureInfo.InvariantCulture)}\n";

    /// <summary>Opens the files behind a file; null where there are none.</summary>
    public static PackedFiles? TryOpen(string path)
    {
        try
        {
            using var file = File.OpenHandle(path);
            var end = RandomAccess.GetLength(file) - TrailerLength;
            var trailer = end < 0 ? string.Empty : Read(file, end, TrailerLength);
            if (!trailer.StartsWith(Mark, StringComparison.Ordinal)
                || !TryParse(trailer.AsSpan(Mark.Length, OffsetDigits), out var start)
                || start > end || end - start > MaxTableLength)
            {
                return null;
            }

            var files = new PackedFiles(path);
            var table = Read(file, start, (int)(end - start));
            foreach (var line in table.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            {
                if (!files.Add(line, start))
                {
                    return null;
                }
            }

            return files;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Finds a file.</summary>
    public bool TryGet(string name, out FileSlice file) => TryGet(name, out file, out _);

    /// <summary>Finds a file and the SHA-256 of its bytes, in lower-case hexadecimal.</summary>
    public bool TryGet(string name, out FileSlice file, [NotNullWhen(true)] out string? sha256)
    {
        var found = _files.TryGetValue(name, out var entry);
        (file, sha256) = entry;
        return found;
    }

    private static string Read(Microsoft.Win32.SafeHandles.SafeFileHandle file, long offset, int length)
    {
        var bytes = new byte[length];
        var count = RandomAccess.Read(file, bytes, offset);
        return Encoding.UTF8.GetString(bytes, 0, count);
    }

    private static bool TryParse(ReadOnlySpan<char> text, out long value) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);

    private bool Add(string line, long end)
    {
        var fields = line.Split(' ', Fields);
        if (fields.Length != Fields
            || !TryParse(fields[0], out var offset)
            || !TryParse(fields[1], out var length)
            || length > end || offset > end - length)
        {
            return false;
        }

        return _files.TryAdd(fields[3], (new FileSlice(Path, offset, length, this), fields[2]));
    }
}
