namespace NacrithOnnx.Format;

/// <summary>Decides what lies between archives: zero padding, another archive, foreign bytes, or nothing.</summary>
internal sealed class ArchiveBoundary(ByteSource source, TrailingData trailing)
{
    /// <summary>
    /// Equal bytes of eight from which foreign bytes count as a damaged magic. Random bytes match in three or more
    /// places with a chance below 4 in a million.
    /// </summary>
    private const int NearMagic = 3;

    /// <summary>Takes padding and the magic of the next archive.</summary>
    /// <param name="first">Whether nothing has been read yet.</param>
    /// <returns>False where the input ends.</returns>
    public bool TryEnterArchive(bool first)
    {
        while (!first && source.Peek() == 0)
        {
            source.ReadByte();
        }

        var offset = source.Position;
        Span<byte> found = stackalloc byte[FormatConstants.Magic.Length];
        found = found[..source.Read(found)];
        var expected = FormatConstants.Magic[..found.Length];
        if (found.SequenceEqual(expected) && found.Length > 0)
        {
            return found.Length == FormatConstants.Magic.Length ? true : throw source.Truncated();
        }

        if (first)
        {
            throw new NotAnArchiveException(
                found.IsEmpty ? "The input is empty." : "The input does not begin like an .ncx archive.");
        }

        if (found.IsEmpty || (trailing == TrailingData.Ignore && CountEqual(found, expected) < NearMagic))
        {
            return false;
        }

        throw new CorruptArchiveException($"There are foreign bytes behind the archive, at byte {offset}.");
    }

    private static int CountEqual(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        var equal = 0;
        for (var index = 0; index < left.Length; index++)
        {
            equal += left[index] == right[index] ? 1 : 0;
        }

        return equal;
    }
}
