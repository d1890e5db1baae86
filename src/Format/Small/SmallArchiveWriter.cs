using System.Buffers;
using System.Buffers.Binary;

namespace NacrithOnnx.Format;

/// <summary>Keeps the first frame of an archive as a small archive, until it is known whether another follows.</summary>
internal sealed class SmallArchiveWriter
{
    private readonly ArrayBufferWriter<byte> _head = new(SmallArchiveHead.MaxLength);
    private ulong _check;

    /// <summary>Whether there is an archive to write.</summary>
    public bool HoldsArchive => _head.WrittenCount > 0;

    /// <summary>Whether a frame alone can be a small archive.</summary>
    /// <param name="archive">What a large archive would say in its header.</param>
    /// <param name="content">The frame.</param>
    /// <param name="restLength">Bytes of the body after its tag.</param>
    public static bool Fits(ArchiveHeader archive, in BodyContent content, int restLength)
    {
        var isCoded = content.Tag(BodyContainer.DataFrame).Kind != BodyKind.Stored;
        return archive.MinorVersion == FormatConstants.MinorVersion
            && content.Original.Length <= SmallArchiveHead.MaxContentLength
            && restLength <= SmallArchiveHead.MaxRestLength
            && (!isCoded || archive.Profile is > 0 and <= BodyRules.MaxProfile);
    }

    /// <summary>Takes a frame that <see cref="Fits"/>.</summary>
    /// <param name="archive">Names model, dictionary and profile.</param>
    /// <param name="content">The frame.</param>
    /// <param name="rest">Its body after the tag.</param>
    public void Hold(ArchiveHeader archive, in BodyContent content, ReadOnlySpan<byte> rest)
    {
        var tag = content.Tag(BodyContainer.SmallArchive);
        _head.Write(FormatConstants.Magic[..ArchiveForms.CommonMagicLength]);
        _head.Write([tag.Value]);
        if (tag.NamesModel)
        {
            WritePrefix(archive.Model ?? throw new ArgumentException("The model is missing."));
        }

        if (tag.HasDictionary)
        {
            WritePrefix(archive.Dictionary ?? throw new ArgumentException("The dictionary is missing."));
        }

        VarInt.Write(_head, content.Original.Length);
        if (tag.Kind != BodyKind.Stored)
        {
            VarInt.Write(_head, rest.Length);
        }

        _check = SmallArchive.ComputeCheck(_head.WrittenSpan, rest, content.Original);
    }

    /// <summary>Writes the archive.</summary>
    /// <param name="output">Takes the bytes.</param>
    /// <param name="rest">The body after the tag, as held.</param>
    public void Write(Stream output, ReadOnlySpan<byte> rest)
    {
        output.Write(_head.WrittenSpan);
        output.Write(rest);
        Span<byte> check = stackalloc byte[FormatConstants.ChecksumLength];
        BinaryPrimitives.WriteUInt64BigEndian(check, _check);
        output.Write(check);
        Drop();
    }

    /// <summary>Forgets the archive.</summary>
    public void Drop() => _head.ResetWrittenCount();

    private void WritePrefix(HashPrefix prefix)
    {
        prefix.CopyTo(_head.GetSpan(HashPrefix.Length));
        _head.Advance(HashPrefix.Length);
    }
}
