namespace NacrithOnnx;

/// <summary>A range of the content.</summary>
/// <param name="Start">First byte.</param>
/// <param name="End">Byte after the last; <see cref="long.MaxValue"/> for all that follow.</param>
internal readonly record struct ContentRange(long Start, long End)
{
    /// <summary>The part of some content that lies in the range.</summary>
    /// <param name="content">The content.</param>
    /// <param name="position">Its position in all content.</param>
    public ReadOnlyMemory<byte> Of(ReadOnlyMemory<byte> content, long position)
    {
        var first = (int)Math.Clamp(Start - position, 0, content.Length);
        var last = (int)Math.Clamp(End - position, first, content.Length);
        return content[first..last];
    }
}
