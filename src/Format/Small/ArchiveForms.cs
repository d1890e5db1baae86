namespace NacrithOnnx.Format;

/// <summary>Tells the two forms of an archive apart.</summary>
public static class ArchiveForms
{
    /// <summary>Bytes that both forms begin with: \x89 NCX.</summary>
    public const int CommonMagicLength = 4;

    /// <summary>Bytes that tell the form: the common magic, then the tag of a small archive or CR.</summary>
    public const int DecisiveLength = CommonMagicLength + 1;

    /// <summary>The form of an archive that begins with <paramref name="start"/>.</summary>
    /// <remarks>Checks only the first five of the eight bytes of a large archive's magic.</remarks>
    public static ArchiveForm Of(ReadOnlySpan<byte> start)
    {
        var magic = FormatConstants.Magic;
        var common = Math.Min(start.Length, CommonMagicLength);
        if (!start[..common].SequenceEqual(magic[..common]))
        {
            return ArchiveForm.Foreign;
        }

        return start.Length < DecisiveLength ? ArchiveForm.Undecided
            : start[CommonMagicLength] == magic[CommonMagicLength] ? ArchiveForm.Large
            : ArchiveForm.Small;
    }
}
