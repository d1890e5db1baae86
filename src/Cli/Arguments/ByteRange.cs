namespace NacrithOnnx.Cli.Arguments;

/// <summary>A part of the content.</summary>
/// <param name="Offset">Its first byte.</param>
/// <param name="Length">Its length in bytes.</param>
internal readonly record struct ByteRange(long Offset, long Length)
{
    /// <summary>Reads OFFSET,LENGTH; both may carry a unit.</summary>
    public static ByteRange Parse(string text)
    {
        var parts = text.Split(',');
        return parts.Length == 2 && ByteSize.TryParse(parts[0], out var offset) && ByteSize.TryParse(parts[1], out var length)
            ? new(offset, length)
            : throw new UsageException($"'{text}' is not a range; give OFFSET,LENGTH in bytes, such as 1MiB,4096");
    }
}
