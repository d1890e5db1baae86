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

    /// <summary>Consumes padding, and the magic of the next archive, as far as its form has one.</summary>
    /// <param name="first">Whether nothing has been read yet.</param>
    /// <param name="form">The form of the archive.</param>
    /// <returns>False at the end of the input.</returns>
    public bool TryEnterArchive(bool first, out ArchiveForm form)
    {
        while (!first && source.Peek() == 0)
        {
            source.ReadByte();
        }

        var offset = source.Position;
        form = ArchiveForm.Foreign;
        Span<byte> bytes = stackalloc byte[FormatConstants.Magic.Length];
        var length = source.Read(bytes[..ArchiveForms.CommonMagicLength]);
        if (length > 0 && bytes[..length].SequenceEqual(FormatConstants.Magic[..length]))
        {
            var next = length == ArchiveForms.CommonMagicLength ? source.Peek() : -1;
            if (next < 0)
            {
                throw source.Truncated();
            }

            if (next != FormatConstants.Magic[length])
            {
                form = ArchiveForm.Small;
                return true;
            }
        }

        length += source.Read(bytes[length..]);
        var found = bytes[..length];
        var expected = FormatConstants.Magic[..length];
        if (found.SequenceEqual(expected) && !found.IsEmpty)
        {
            form = ArchiveForm.Large;
            return length == bytes.Length ? true : throw source.Truncated();
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
