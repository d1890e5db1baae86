using NacrithOnnx.Format;
using NacrithOnnx.Runtime.Files;

namespace NacrithOnnx.Runtime.Model;

/// <summary>Messages that say what is wrong with a file of the model and how to repair it.</summary>
internal static class ModelFileFault
{
    /// <summary>Digits of a hash shown: enough to tell files apart.</summary>
    private const int HashDigits = 12;

    /// <summary>Start of the text that Git LFS puts in place of a file until it is downloaded.</summary>
    private static ReadOnlySpan<byte> PointerStart => "version https://git-lfs.github.com/spec/"u8;

    /// <summary>Whether content is a Git LFS pointer instead of the file.</summary>
    public static bool IsPointer(ReadOnlySpan<byte> content) => content.StartsWith(PointerStart);

    /// <summary>The message for a file that is a Git LFS pointer.</summary>
    public static string DescribePointer(string path) => $"{path}: is a Git LFS pointer, not the file; run git lfs pull.";

    /// <summary>Says why a file is not the one of the manifest.</summary>
    /// <param name="path">What to call the file.</param>
    /// <param name="slice">Where it lies.</param>
    /// <param name="expected">Its hash in the manifest.</param>
    /// <param name="found">Its hash.</param>
    public static string Describe(string path, FileSlice slice, Sha256Digest expected, Sha256Digest found)
    {
        Span<byte> start = stackalloc byte[PointerStart.Length];
        if (slice.Length == 0)
        {
            return $"{path}: is empty; copy the model again.";
        }

        using var file = File.OpenHandle(slice.Path);
        start = start[..RandomAccess.Read(file, start[..(int)Math.Min(start.Length, slice.Length)], slice.Offset)];
        return IsPointer(start)
            ? DescribePointer(path)
            : $"{path}: is truncated, damaged or from another model: its SHA-256 begins with {found.ToString()[..HashDigits]}, "
                + $"expected {expected.ToString()[..HashDigits]}; copy the model again.";
    }
}
