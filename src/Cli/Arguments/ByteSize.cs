using System.Globalization;

namespace NacrithOnnx.Cli.Arguments;

/// <summary>Sizes as people type them: 4096, 64K, 64KiB, 2G. Units are powers of 1024, as in xz and zstd.</summary>
internal static class ByteSize
{
    private const string Units = "KMGTPE";

    public static long Parse(string text) => TryParse(text, out var size)
        ? size
        : throw new UsageException($"'{text}' is not a size; give bytes, or a number with K, M, G or T");

    public static bool TryParse(string text, out long size)
    {
        var digits = text.AsSpan().TrimEnd("iBb");
        var power = digits.IsEmpty ? -1 : Units.IndexOf(char.ToUpperInvariant(digits[^1]));
        if (power >= 0)
        {
            digits = digits[..^1];
        }
        else if (digits.Length != text.Length)
        {
            size = 0;
            return false;
        }

        var shift = 10 * (power + 1);
        var valid = long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out size)
            && size <= long.MaxValue >> shift;
        size = valid ? size << shift : 0;
        return valid;
    }
}
