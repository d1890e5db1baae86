namespace NacrithOnnx.Format;

/// <summary>
/// Handles what follows an archive: zero padding, another archive, foreign bytes, or the end of the input.
/// </summary>
internal sealed class ArchiveBoundary(ByteSource source, TrailingData trailing)
{
    /// <summary>
    /// Foreign bytes that match the magic in this many of its eight places are a damaged magic. Random bytes match in
    /// three or more places with a probability below 4 in a million.
    /// </summary>
    private const int NearMagic = 3;

    /// <summary>Consumes padding and the magic of the next archive.</summary>
    /// <param name="first">Whether nothing has been read yet.</param>
    /// <returns>False at the end of the input.</returns>
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
                found.IsEmpty ? "The input is empty." : "The input is not an .ncx archive.");
        }

        if (found.IsEmpty || (trailing == TrailingData.Ignore && CountEqual(found, expected) < NearMagic))
        {
            return false;
        }

        throw new CorruptArchiveException($"The archive is followed by foreign bytes at byte {offset}.");
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
